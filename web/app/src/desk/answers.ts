import type { ContactView, DeskAnswer, DeskAnswers } from '../api/shapes';
import { type Lang, LANGS } from '../text/lookup';

/** A ready answer in the language in which it would be sent. */
export interface Choice {
  id: string;
  name: string;
  shortcut: string;
  lang: Lang;
  text: string;
}

/** So many are listed at once; searching finds the others. */
export const MOST = 30;

/**
 * The answers that fit what was typed: those in the wanted language first, then those that exist only in
 * another one (the page's own before the rest); within each, the closest first.
 */
export function matching(answers: readonly DeskAnswer[], query: string, wanted: Lang, shown: Lang): Choice[] {
  const found = answers.flatMap((answer) => {
    const choice = choiceOf(answer, [wanted, shown, ...LANGS]);
    const rank = choice ? rankOf(choice, fold(query)) : null;
    return choice && rank !== null ? [{ choice, rank }] : [];
  });
  const order = ({ choice, rank }: (typeof found)[number]) => (choice.lang === wanted ? 0 : 10) + rank;
  return found.sort((a, b) => order(a) - order(b)).map(({ choice }) => choice);
}

function choiceOf({ id, name, shortcut, text }: DeskAnswer, langs: Lang[]): Choice | null {
  const lang = langs.find((each) => text[each] !== '');
  return lang ? { id, name, shortcut, lang, text: text[lang] } : null;
}

const fold = (text: string) => text.trim().toLocaleLowerCase('fi');

/** How close a choice is to the query, 0 the closest; null when it does not fit. */
function rankOf({ name, shortcut, text }: Choice, query: string): number | null {
  if (query === '' || shortcut === query) return 0;
  if (shortcut.startsWith(query)) return 1;
  if (fold(name).startsWith(query)) return 2;
  if (fold(name).includes(query)) return 3;
  const all = fold(`${shortcut} ${name} ${text}`);
  return query.split(/\s+/).every((word) => all.includes(word)) ? 4 : null;
}

/** What the variables stand for in this contact. The adviser's name only where the notice lets a contact keep it. */
export function valuesOf({ values, adviser }: DeskAnswers, lang: Lang, view: ContactView): Record<string, string> {
  const own = { adviser: adviser ? (view.adviser?.name ?? '') : '', reference: view.reference ?? '' };
  return Object.fromEntries(Object.entries({ ...values[lang], ...own }).filter(([, value]) => value !== ''));
}

/** Puts values in place of variables, in one pass; one without a value stays in its braces. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The variables that still stand in a text, each once, in the order in which they stand. */
export const holes = (text: string, variables: readonly string[]): string[] =>
  variables
    .map((name) => `{${name}}`)
    .filter((hole) => text.includes(hole))
    .sort((a, b) => text.indexOf(a) - text.indexOf(b));

/** Where an answer lands in a draft: at the caret, with a blank on each side that has text. */
export function insertAt(draft: string, at: number, text: string): { draft: string; from: number; to: number } {
  const [before, after] = [draft.slice(0, at), draft.slice(at)];
  const lead = before === '' || /\s$/.test(before) ? '' : ' ';
  const trail = after === '' || /^\s/.test(after) ? '' : ' ';
  const from = before.length + lead.length;
  return { draft: before + lead + text + trail + after, from, to: from + text.length };
}
