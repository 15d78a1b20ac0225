import { inflateSync } from 'node:zlib';

/** The text of each page of a PDF as Chromium writes them: flate streams, fonts with a map to Unicode. */
export function textOfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<string, string>>();
  for (const [id, { head }] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(head)?.[1];
    if (map) fonts.set(id, unicodeOf(objects.get(map)?.stream ?? ''));
  }
  return [...objects.values()].filter(({ head }) => /\/Type\s*\/Page\b/.test(head)).map(({ head }) => pageText(head, objects, fonts));
}

interface Part {
  head: string;
  stream: string;
}

function objectsOf(pdf: Buffer): Map<string, Part> {
  const all = new Map<string, Part>();
  const text = pdf.toString('latin1');
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)endobj/g)) {
    const [head = '', body] = (found[2] ?? '').split(/stream\r?\n/);
    const packed = body === undefined ? '' : body.slice(0, body.lastIndexOf('endstream'));
    all.set(found[1] ?? '', { head, stream: head.includes('/FlateDecode') ? unpacked(packed) : packed });
  }
  return all;
}

function unpacked(packed: string): string {
  try {
    return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
  } catch {
    return ''; // a picture's or a font's, of which nothing is read
  }
}

/** What the glyphs of a font stand for, by their codes in hex. */
function unicodeOf(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  const char = (code: number) => code.toString(16).padStart(4, '0').toUpperCase();
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from = '', to = ''] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) map.set(from.toUpperCase(), utf16(to));
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', first = ''] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) map.set(char(code), utf16(char(parseInt(first, 16) + code - parseInt(from, 16))));
  return map;
}

const utf16 = (hex: string) => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));

function pageText(head: string, objects: Map<string, Part>, fonts: Map<string, Map<string, string>>): string {
  const resources = /\/Resources (\d+) 0 R/.exec(head)?.[1];
  const names = new Map([...((resources ? objects.get(resources)?.head : head) ?? head).matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, id]));
  const content = objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? '')?.stream ?? '';
  let font: Map<string, string> | undefined;
  let out = '';
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(<[0-9A-Fa-f]+>|\[[^\]]*\])\s*TJ?j?/g)) {
    if (name) font = fonts.get(names.get(name) ?? '');
    else for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9A-Fa-f]+)>/g)) out += (hex.match(/.{4}/g) ?? []).map((code) => font?.get(code.toUpperCase()) ?? '').join('');
  }
  return out.replace(/\s+/g, '');
}
