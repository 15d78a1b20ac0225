import type en from './en.json';

export const LANGS = ['fi', 'sv', 'en'] as const;
export type Lang = (typeof LANGS)[number];
export const isLang = (value: unknown): value is Lang => LANGS.includes(value as Lang);

export type Texts = typeof en;
export type Args = Record<string, string | number>;

/** A text that follows a number: `{one, other}`, chosen by the argument `n`. */
interface Plural {
  one: string;
  other: string;
}

/** Every path to a text, as `section.group.text`. */
export type Key<T = Texts> = {
  [K in keyof T & string]: T[K] extends string | Plural ? K : `${K}.${Key<T[K]>}`;
}[keyof T & string];

/**
 * The text at `key` with `{name}` replaced by `args.name`. A key that is not loaded gives the key
 * itself, so that a page shows something findable rather than nothing.
 */
export function lookup(texts: object, lang: Lang, key: Key, args: Args = {}): string {
  let found: unknown = texts;
  for (const step of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[step];
  const template = isPlural(found) ? found[pluralOf(lang, args.n)] : found;
  if (typeof template !== 'string') return key;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

export function isPlural(value: unknown): value is Plural {
  return typeof value === 'object' && value !== null && 'one' in value && 'other' in value;
}

/** Finnish, Swedish and English all have these two forms for whole numbers. */
function pluralOf(lang: Lang, n: string | number | undefined): 'one' | 'other' {
  return new Intl.PluralRules(lang).select(Number(n)) === 'one' ? 'one' : 'other';
}
