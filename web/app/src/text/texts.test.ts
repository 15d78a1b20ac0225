import { describe, expect, it } from 'vitest';
import en from './en.json';
import fi from './fi.json';
import { isPlural, lookup } from './lookup';
import sv from './sv.json';

/** Every text by its path. */
function flat(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const at = path ? `${path}.${key}` : key;
    return typeof value === 'string' ? [[at, value] as [string, string]] : flat(value as object, at);
  });
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const all = { fi: flat(fi), sv: flat(sv), en: flat(en) };

describe('texts', () => {
  it.each(['sv', 'en'] as const)('every Finnish text exists in %s and no other does', (lang) => {
    expect(all[lang].map(([key]) => key)).toEqual(all.fi.map(([key]) => key));
  });

  it.each(['sv', 'en'] as const)('placeholders in %s are those of the Finnish text', (lang) => {
    const theirs = new Map(all[lang]);
    const wrong = all.fi.filter(([key, text]) => placeholders(text).join() !== placeholders(theirs.get(key)!).join());
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('no text is empty, begins or ends with a space, or holds a straight apostrophe', () => {
    const bad = Object.values(all).flat().filter(([, text]) => text === '' || text.trim() !== text || text.includes("'"));
    expect(bad).toEqual([]);
  });

  it('a text that follows a number has both forms', () => {
    expect(isPlural(fi.chat.waiting.estimate)).toBe(true);
    expect(lookup(fi, 'fi', 'chat.waiting.estimate', { n: 1 })).toBe('Arvioitu odotusaika on noin 1 minuutti.');
    expect(lookup(sv, 'sv', 'chat.waiting.estimate', { n: 5 })).toBe('Den beräknade väntetiden är ungefär 5 minuter.');
  });

  it('says sinä, never te, to a reader in Finnish', () => {
    const formal = all.fi.filter(([, text]) => /\b(Te|teidän|Teidän|teitä|teille)\b/.test(text));
    expect(formal).toEqual([]);
  });
});
