import { call } from '../api/client';
import type { ThreeTexts } from '../api/shapes';
import { noTexts } from '../lead/threeTexts';
import { LANGS } from '../text/lookup';

/** A bundled notice that a first service can be made from, in every language. */
export interface Template {
  id: string;
  name: ThreeTexts;
  keep: ThreeTexts;
}

/** What the first start chooses from, and whether it has still to be done. */
export interface Choices {
  needed: boolean;
  minLength: number;
  templates: Template[];
}

/** Asks in each language: the service is named in all of them. */
export async function loadChoices(): Promise<Choices> {
  const answers = await Promise.all(LANGS.map((lang) => call('get', '/api/setup', { query: { lang } })));
  const [first] = answers;
  const templates = (first?.templates ?? []).map(({ id }) => {
    const one: Template = { id, name: noTexts, keep: noTexts };
    for (const [i, lang] of LANGS.entries()) {
      const found = answers[i]?.templates.find((each) => each.id === id);
      one.name = { ...one.name, [lang]: found?.name ?? '' };
      one.keep = { ...one.keep, [lang]: found?.keep_line ?? '' };
    }
    return one;
  });
  return { needed: first?.needed ?? false, minLength: first?.password_min_length ?? 0, templates };
}
