import type { ThreeTexts } from '../api/shapes';
import { loadTexts } from '../text/load';
import { type Key, LANGS, lookup } from '../text/lookup';

/** One text in every language, whatever the page's is: a draft for what citizens will read. */
export async function inEveryLanguage(key: Key): Promise<ThreeTexts> {
  const [fi = '', sv = '', en = ''] = await Promise.all(
    LANGS.map(async (lang) => lookup(await loadTexts('staff', lang), lang, key)),
  );
  return { fi, sv, en };
}

export const noTexts: ThreeTexts = { fi: '', sv: '', en: '' };

/** Languages in which nothing has been written. */
export const missing = (texts: ThreeTexts) => LANGS.filter((lang) => texts[lang].trim() === '');
