// Fails when the script of a citizen's first steps, of the whole chat or of the widget, gzipped, passes its
// limit. Counted as the whole chat: everything that it loads behind its start form, in its largest language.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 150_000;
const WIDGET = 10_000;
const FIRST = 12_500;
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

console.log(`the whole chat, behind its start form: ${(total / 1000).toFixed(1)} kB of script gzipped (limit ${LIMIT / 1000})`);
if (total > LIMIT) {
  for (const key of parts) console.error(`  ${String(gzipped(key)).padStart(7)}  ${key}`);
  process.exit(1);
}

/** A script that is one file, against its limit. */
function one(name, file, limit) {
  const size = gzipSync(readFileSync(file), { level: 9 }).length;
  console.log(`${name}: ${(size / 1000).toFixed(1)} kB of script gzipped (limit ${limit / 1000})`);
  if (size > limit) process.exit(1);
}
one('first steps of a chat', 'dist/first/first.js', FIRST);
one('widget', 'dist/widget/widget.js', WIDGET);
