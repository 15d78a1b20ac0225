import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * `text:sv/chat+shared` is sv.json with those sections only, so that a citizen
 * does not load the texts of the desk.
 */
export function textSections(): Plugin {
  const prefix = 'text:';
  return {
    name: 'luukku-text-sections',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const [lang, sections = ''] = id.slice(prefix.length + 1).split('/');
      const file = fileURLToPath(new URL(`./src/text/${lang}.json`, import.meta.url));
      this.addWatchFile(file);
      const all = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
      const picked = Object.fromEntries(sections.split('+').map((name) => [name, all[name]]));
      return `export default ${JSON.stringify(picked)}`;
    },
  };
}
