import type { Account, Grant, NewGrant } from '../api/shapes';
import { dayIn } from '../text/format';
import { isRole, type Role } from '../staff/roles';

/** A grant while it is given: what a form holds. */
export interface GrantDraft {
  id: number;
  role: Role | '';
  /** "" is every service. */
  service: string;
  /** The last day, YYYY-MM-DD, or "" without an end. */
  until: string;
}

export const emptyGrant = (id = 0): GrantDraft => ({ id, role: '', service: '', until: '' });

/** Roles that can be held in one service only; the others cover all. */
export const ofOneService = (role: string) => role === 'adviser' || role === 'lead';
/** Roles that need a authenticator app. */
export const needsDevice = (role: string) => role === 'administrator' || role === 'data_protection_officer';

export type GrantAction =
  | { do: 'add' }
  | { do: 'remove'; id: number }
  | { do: 'change'; id: number; part: Partial<Omit<GrantDraft, 'id'>> };

export function grantsReducer(drafts: GrantDraft[], action: GrantAction): GrantDraft[] {
  switch (action.do) {
    case 'add':
      return [...drafts, emptyGrant(1 + Math.max(-1, ...drafts.map(({ id }) => id)))];
    case 'remove':
      return drafts.filter(({ id }) => id !== action.id);
    case 'change':
      return drafts.map((draft) => (draft.id === action.id ? whole({ ...draft, ...action.part }) : draft));
  }
}

const whole = (draft: GrantDraft): GrantDraft => (ofOneService(draft.role) ? draft : { ...draft, service: '' });

export type GrantFault = 'role' | 'until';

export function grantFault({ role, until }: GrantDraft, today: string): GrantFault | null {
  if (role === '') return 'role';
  return until !== '' && until < today ? 'until' : null;
}

/** What the server is told. Only for drafts without faults. */
export function newGrant({ role, service, until }: GrantDraft, zone: string): NewGrant {
  if (!isRole(role)) throw new Error('a grant without a role');
  return { role, ...(service ? { service } : {}), ...(until ? { until: endOf(until, zone) } : {}) };
}

const DAY = 86_400_000;

/** The instant at which a day of a zone ends, in unix milliseconds. */
export function endOf(day: string, zone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`) + DAY;
  const first = guess - offset(guess, zone);
  // The clocks may change that night: ask again at the instant itself.
  return guess - offset(first, zone);
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1_000) * 1_000;
}

/** The last day of a grant that ends at an instant. */
export const lastDay = (until: number, zone: string) => dayIn(until - 1, zone);

export const inForce = ({ until }: Grant, now: number) => !until || until > now;

/** Accounts whose name or user name holds what is sought; disabled ones only if wished. */
export function sought(staff: readonly Account[], text: string, disabled: boolean): Account[] {
  const wanted = text.trim().toLocaleLowerCase();
  const holds = ({ name, username }: Account) => `${name} ${username}`.toLocaleLowerCase().includes(wanted);
  return staff
    .filter((one) => (disabled || !one.disabled) && holds(one))
    .sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name));
}

/** The list with one account as it is now. */
export const withAccount = (staff: readonly Account[], one: Account): Account[] =>
  staff.some(({ id }) => id === one.id) ? staff.map((each) => (each.id === one.id ? one : each)) : [...staff, one];

export type PersonFault = 'empty' | 'space' | 'email';

/** What is wrong with a user name, a name and an address; the server decides again. */
export function personFaults({ username, name, email }: { username: string; name: string; email: string }): Partial<Record<'username' | 'name' | 'email', PersonFault>> {
  const faults: Partial<Record<'username' | 'name' | 'email', PersonFault>> = {};
  if (username.trim() === '') faults.username = 'empty';
  else if (/\s/.test(username.trim())) faults.username = 'space';
  if (name.trim() === '') faults.name = 'empty';
  if (email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())) faults.email = 'email';
  return faults;
}
