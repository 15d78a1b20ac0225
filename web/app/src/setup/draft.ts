import type { Setup, ThreeTexts } from '../api/shapes';
import { hoursOf, hoursReducer, type HoursAction, type Span, spanFaults } from '../lead/hours';
import { missing, noTexts } from '../lead/threeTexts';
import { type Lang, LANGS } from '../text/lookup';

/** The pages in their order. Each asks about one thing. */
export const STEPS = ['code', 'account', 'authority', 'contacts', 'service', 'topics', 'hours', 'adviser', 'check'] as const;
export type StepName = (typeof STEPS)[number];

/** Everything that the first start asks. It is in this window's memory only: there are passwords in it. */
export interface Draft {
  code: string;
  account: { username: string; name: string; email: string; password: string; again: string };
  authority: { name: ThreeTexts; slug: string; zone: string };
  contacts: { address: string; phone: string; email: string; dpo: string };
  service: { template: string; name: ThreeTexts; languages: Lang[] };
  topics: ThreeTexts[];
  hours: Span[];
  adviser: { wanted: boolean; username: string; name: string; email: string; secrecy: boolean };
}

const workingWeek: Span[] = ([1, 2, 3, 4, 5] as const).map((weekday, id) => ({ id, weekday, opens: '9', closes: '15' }));

export const emptyDraft: Draft = {
  code: '',
  account: { username: '', name: '', email: '', password: '', again: '' },
  authority: { name: noTexts, slug: '', zone: 'Europe/Helsinki' },
  contacts: { address: '', phone: '', email: '', dpo: '' },
  service: { template: '', name: noTexts, languages: [...LANGS] },
  topics: [],
  hours: workingWeek,
  adviser: { wanted: true, username: '', name: '', email: '', secrecy: false },
};

type Part = 'account' | 'authority' | 'contacts' | 'service' | 'adviser';

export type DraftAction =
  | { do: 'code'; code: string }
  | { [P in Part]: { do: P; part: Partial<Draft[P]> } }[Part]
  | { do: 'topic'; at: number; text: ThreeTexts | null }
  | { do: 'hours'; action: HoursAction };

export function draftReducer(draft: Draft, action: DraftAction): Draft {
  switch (action.do) {
    case 'code':
      return { ...draft, code: action.code };
    case 'topic':
      return { ...draft, topics: withTopic(draft.topics, action.at, action.text) };
    case 'hours':
      return { ...draft, hours: hoursReducer(draft.hours, action.action) };
    case 'authority':
      return { ...draft, authority: withSlug(draft.authority, action.part) };
    default:
      return { ...draft, [action.do]: { ...draft[action.do], ...action.part } };
  }
}

function withTopic(topics: ThreeTexts[], at: number, text: ThreeTexts | null): ThreeTexts[] {
  if (text === null) return topics.filter((_, i) => i !== at);
  return at === topics.length ? [...topics, text] : topics.map((topic, i) => (i === at ? text : topic));
}

/** The short name follows the Finnish name until somebody writes another. */
function withSlug(before: Draft['authority'], part: Partial<Draft['authority']>): Draft['authority'] {
  const followed = before.slug === slugOf(before.name.fi);
  const after = { ...before, ...part };
  return part.name && followed ? { ...after, slug: slugOf(part.name.fi) } : after;
}

/** A short name from a name: "Mallilan kunta" gives "mallilan-kunta". */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '').slice(0, 31).replace(/-+$/, '');
}

/** A fault of a field: the field's name, its label as a text, and what is wrong as a text. */
export interface DraftFault {
  name: string;
  fault: 'empty' | 'space' | 'email' | 'short' | 'own' | 'again' | 'slug' | 'template' | 'languages' | 'taken' | 'hours';
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const empty = (text: string) => text.trim() === '';
const folded = (text: string) => text.trim().toLocaleLowerCase();

/** What keeps a step from being left, in the order of its fields. */
export function faultsOf(step: StepName, draft: Draft, minLength: number): DraftFault[] {
  const faults: DraftFault[] = [];
  const add = (name: string, fault: DraftFault['fault'], wrong: boolean) => {
    if (wrong && !faults.some((each) => each.name === name)) faults.push({ name, fault });
  };
  const addPerson = (of: 'account' | 'adviser') => {
    const { username, name, email } = draft[of];
    add(`${of}.username`, 'empty', empty(username));
    add(`${of}.username`, 'space', /\s/.test(username.trim()));
    add(`${of}.name`, 'empty', empty(name));
    add(`${of}.email`, 'email', !empty(email) && !EMAIL.test(email.trim()));
  };
  const addTexts = (name: string, texts: ThreeTexts) => {
    for (const lang of missing(texts)) add(`${name}.${lang}`, 'empty', true);
  };
  const { account, authority, contacts, service, adviser } = draft;
  switch (step) {
    case 'code':
      add('code', 'empty', empty(draft.code));
      break;
    case 'account':
      addPerson('account');
      add('account.password', 'short', Array.from(account.password).length < minLength);
      add('account.password', 'own', [account.username, account.name].some((own) => folded(own) === folded(account.password)));
      add('account.again', 'again', account.again !== account.password);
      break;
    case 'authority':
      addTexts('authority.name', authority.name);
      add('authority.slug', 'slug', !/^[a-z][a-z0-9-]{1,30}$/.test(authority.slug));
      break;
    case 'contacts':
      add('contacts.address', 'empty', empty(contacts.address));
      add('contacts.email', 'email', !EMAIL.test(contacts.email.trim()));
      add('contacts.dpo', 'email', !EMAIL.test(contacts.dpo.trim()));
      break;
    case 'service':
      add('service.template', 'template', service.template === '');
      addTexts('service.name', service.name);
      add('service.languages', 'languages', service.languages.length === 0);
      break;
    case 'topics':
      draft.topics.forEach((topic, i) => addTexts(`topics.${i}`, topic));
      break;
    case 'hours':
      for (const at of spanFaults(draft.hours).keys()) add(`hours.${at}`, 'hours', true);
      break;
    case 'adviser':
      if (!adviser.wanted) break;
      addPerson('adviser');
      add('adviser.username', 'taken', folded(adviser.username) === folded(account.username));
      break;
    case 'check':
      break;
  }
  return faults;
}

/** What the server is told, once no step has a fault. */
export function setupOf({ code, account, authority, contacts, service, topics, hours, adviser }: Draft): Setup {
  const { username, name, email, password } = account;
  const setup: Setup = {
    code: code.trim(),
    account: { username: username.trim(), name: name.trim(), email: email.trim(), password },
    authority: {
      slug: authority.slug,
      name: authority.name,
      time_zone: authority.zone,
      address: contacts.address.trim(),
      phone: contacts.phone.trim(),
      email: contacts.email.trim(),
      dpo: contacts.dpo.trim(),
    },
    service: { template: service.template, name: service.name, languages: service.languages, topics },
    hours: hoursOf(hours),
  };
  if (!adviser.wanted) return setup;
  const { secrecy } = adviser;
  return { ...setup, adviser: { username: adviser.username.trim(), name: adviser.name.trim(), email: adviser.email.trim(), secrecy } };
}

/** The step that holds a field which the server has refused; null where it cannot be told. */
export function stepOf(key: string, field: string): StepName | null {
  const steps: Record<string, StepName> = {
    code: 'code', password: 'account', slug: 'authority', time_zone: 'authority', address: 'contacts', phone: 'contacts', dpo: 'contacts',
    template: 'service', languages: 'service', topics: 'topics', hours: 'hours',
  };
  if (key === 'setup-code-wrong') return 'code';
  if (key === 'setup-notice' || key === 'authority-slug') return 'authority';
  return steps[field] ?? (field.startsWith('hours') ? 'hours' : null);
}
