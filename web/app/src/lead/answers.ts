import type { Answer, AnswerWrite } from '../api/shapes';
import { LANGS } from '../text/lookup';

/** Which answers a list shows. */
export type AnswerKind = 'used' | 'overdue' | 'archived';
export const KINDS: readonly AnswerKind[] = ['used', 'overdue', 'archived'];

const isOf = ({ archived_at: archived, overdue }: Answer, kind: AnswerKind) =>
  kind === 'archived' ? Boolean(archived) : !archived && (kind === 'used' || overdue);

const fold = (text: string) => text.trim().toLocaleLowerCase('fi');

/** The answers of a kind in which every word of the query is found. */
export function listed(all: readonly Answer[], kind: AnswerKind, query: string): Answer[] {
  const words = fold(query).split(/\s+/);
  return all.filter((one) => {
    const text = fold([one.name, one.shortcut, ...LANGS.map((lang) => one.text[lang])].join(' '));
    return isOf(one, kind) && words.every((word) => text.includes(word));
  });
}

export const overdue = (all: readonly Answer[]) => all.filter((one) => isOf(one, 'overdue')).length;

/** What is being written, before it is a version. */
export interface AnswerDraft extends AnswerWrite {
  /** Its services are chosen one by one. */
  some: boolean;
}

export const emptyAnswer = (led: readonly string[], all: boolean): AnswerDraft => ({
  name: '', shortcut: '', services: all ? [] : led, text: { fi: '', sv: '', en: '' }, review: '', some: !all,
});

export const draftOf = ({ name, shortcut, services, text, review }: Answer): AnswerDraft => ({
  name, shortcut, services, text, review, some: services.length > 0,
});

export const contentOf = ({ name, shortcut, services, text, review, some }: AnswerDraft): AnswerWrite => ({
  name, shortcut, services: some ? services : [], text, review,
});

export type AnswerField = 'name' | 'shortcut' | 'services' | 'text' | 'text.fi' | 'text.sv' | 'text.en';
export type AnswerFault = { kind: 'name' | 'shortcut' | 'services' | 'text' } | { kind: 'variable'; name: string };

/** What would be refused, by field; the server judges again. */
export function faultsOf(draft: AnswerDraft, variables: readonly string[]): Partial<Record<AnswerField, AnswerFault>> {
  const faults: Partial<Record<AnswerField, AnswerFault>> = {};
  if (draft.name.trim() === '') faults.name = { kind: 'name' };
  if (!/^[a-zåäö0-9-]*$/.test(fold(draft.shortcut))) faults.shortcut = { kind: 'shortcut' };
  if (draft.some && draft.services.length === 0) faults.services = { kind: 'services' };
  if (LANGS.every((lang) => draft.text[lang].trim() === '')) faults.text = { kind: 'text' };
  for (const lang of LANGS) {
    const unknown = unknownVariable(draft.text[lang], variables);
    if (unknown) faults[`text.${lang}`] = { kind: 'variable', name: unknown };
  }
  return faults;
}

/** The first thing in braces that is no variable. */
const unknownVariable = (text: string, variables: readonly string[]): string | undefined =>
  Array.from(text.matchAll(/\{([^{}]*)\}/g)).find(([, name = '']) => !variables.includes(name))?.[0];
