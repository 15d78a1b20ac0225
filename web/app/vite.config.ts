import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds a running server. */
const SERVER = process.env.LUUKKU_SERVER ?? 'http://127.0.0.1:8080';

/**
 * `text:sv/chat+shared` is sv.json with those sections only, so that a citizen
 * does not load the texts of the desk.
 */
function textSections(): Plugin {
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

export default defineConfig({
  base: '/app/',
  plugins: [textSections()],
  html: { cspNonce: '{{.Nonce}}' },
  build: {
    target: 'es2022',
    manifest: true,
    // A data: font or script would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(
      ['^/[^/]+/api/', '^/api/'].map((path) => [path, { target: SERVER, ws: true }]),
    ),
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'rules/**/*.test.js'],
    setupFiles: ['src/setup-tests.ts'],
    restoreMocks: true,
    // Generous: a busy machine is slow, and no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
