import { basename } from 'node:path';

const files = new Map<string, string>();

/**
 * A class of a style module is called by its file and its own name, `chat_stack`: the server's pages
 * (web/pages/chat.html) use the same. Two files of one name would share their classes.
 */
export function className(name: string, path: string): string {
  const file = path.split('?')[0] ?? path;
  const own = basename(file, '.module.css');
  if ((files.get(own) ?? file) !== file) throw new Error(`two style modules are called ${own}`);
  files.set(own, file);
  return `${own}_${name}`;
}
