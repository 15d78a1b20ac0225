// Fails when the script of a citizen's first page or of the widget, gzipped, passes its limit.
// Counted: everything that the chat loads before and after the start form, in its largest language.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 150_000;
const WIDGET = 10_000;
const ENTRY = 'index.html';
const CHAT = 'src/chat/ChatPage.tsx';
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** The files that `key` needs at once, itself included. */
function needed(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) needed(next, seen);
  return seen;
}

const gzipped = (key) => gzipSync(readFileSync(`dist/${manifest[key].file}`), { level: 9 }).length;
const texts = Object.keys(manifest).filter((key) => /text:..\/shared\+chat$/.test(key));
const later = manifest[CHAT].dynamicImports ?? [];
const parts = new Set([ENTRY, CHAT, ...later].flatMap((key) => [...needed(key)]));
for (const text of texts) parts.delete(text);

const script = [...parts].reduce((sum, key) => sum + gzipped(key), 0);
const text = Math.max(...texts.map(gzipped));
const total = script + text;
if (texts.length !== 3) throw new Error(`expected the chat's texts in three languages, found ${texts.length}`);

console.log(`citizen's first page: ${(total / 1000).toFixed(1)} kB of script gzipped (limit ${LIMIT / 1000})`);
if (total > LIMIT) {
  for (const key of parts) console.error(`  ${String(gzipped(key)).padStart(7)}  ${key}`);
  process.exit(1);
}

const widget = gzipSync(readFileSync('dist/widget/widget.js'), { level: 9 }).length;
console.log(`widget: ${(widget / 1000).toFixed(1)} kB of script gzipped (limit ${WIDGET / 1000})`);
if (widget > WIDGET) process.exit(1);
