import { describe, expect, it } from 'vitest';
import type { Account } from '../api/shapes';
import { emptyGrant, endOf, grantFault, grantsReducer, inForce, lastDay, newGrant, personFaults, sought, withAccount } from './grants';

const HELSINKI = 'Europe/Helsinki';
const iso = (at: number) => new Date(at).toISOString();
const account = (name: string, part: Partial<Account> = {}): Account => ({
  id: name, username: `${name.toLowerCase()}.x`, name, grants: [], secrecy: true, totp: false, disabled: false, ...part,
});

describe('the end of a day', () => {
  it('is midnight in the authority’s zone, in winter and in summer', () => {
    expect(iso(endOf('2026-12-31', HELSINKI))).toBe('2026-12-31T22:00:00.000Z');
    expect(iso(endOf('2026-06-30', HELSINKI))).toBe('2026-06-30T21:00:00.000Z');
  });

  it('holds on the days on which the clocks change', () => {
    expect(iso(endOf('2026-03-29', HELSINKI))).toBe('2026-03-29T21:00:00.000Z');
    expect(iso(endOf('2026-10-24', HELSINKI))).toBe('2026-10-24T21:00:00.000Z');
    expect(iso(endOf('2026-10-25', HELSINKI))).toBe('2026-10-25T22:00:00.000Z');
  });

  it('leads back to the day', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-10-25', '2027-02-28']) expect(lastDay(endOf(day, HELSINKI), HELSINKI)).toBe(day);
  });
});

describe('grants in a form', () => {
  it('lose their service when the role covers all', () => {
    let drafts = [emptyGrant()];
    drafts = grantsReducer(drafts, { do: 'change', id: 0, part: { role: 'adviser', service: 'advice' } });
    expect(drafts[0]?.service).toBe('advice');
    drafts = grantsReducer(drafts, { do: 'change', id: 0, part: { role: 'administrator' } });
    expect(drafts[0]?.service).toBe('');
  });

  it('are added and removed without taking each other’s place', () => {
    let drafts = grantsReducer([emptyGrant()], { do: 'add' });
    drafts = grantsReducer(drafts, { do: 'add' });
    drafts = grantsReducer(drafts, { do: 'remove', id: 1 });
    expect(grantsReducer(drafts, { do: 'add' }).map(({ id }) => id)).toEqual([0, 2, 3]);
  });

  it('need a role and an end that is not past', () => {
    expect(grantFault(emptyGrant(), '2026-11-22')).toBe('role');
    expect(grantFault({ ...emptyGrant(), role: 'lead', until: '2026-11-21' }, '2026-11-22')).toBe('until');
    expect(grantFault({ ...emptyGrant(), role: 'lead', until: '2026-11-22' }, '2026-11-22')).toBeNull();
  });

  it('are told without what is empty', () => {
    expect(newGrant({ ...emptyGrant(), role: 'lead' }, HELSINKI)).toEqual({ role: 'lead' });
    expect(newGrant({ ...emptyGrant(), role: 'adviser', service: 'advice', until: '2026-12-31' }, HELSINKI)).toEqual({
      role: 'adviser', service: 'advice', until: Date.parse('2026-12-31T22:00:00Z'),
    });
  });

  it('end at their instant', () => {
    const grant = { id: 'g', role: 'lead' as const, from: 0, until: 100 };
    expect([inForce(grant, 99), inForce(grant, 100)]).toEqual([true, false]);
  });
});

describe('the list', () => {
  const staff = [account('Örn'), account('Aino'), account('Ville', { disabled: true })];
  it('finds by a part of a name or a user name, whatever its case', () => {
    expect(sought(staff, 'AIN', false).map(({ name }) => name)).toEqual(['Aino']);
    expect(sought(staff, '.x', false)).toHaveLength(2);
  });
  it('puts disabled accounts last, and only if wished', () => {
    expect(sought(staff, '', true).at(-1)?.name).toBe('Ville');
    expect(sought(staff, 'ville', false)).toEqual([]);
  });
  it('keeps its order when an account changes, and takes a new one', () => {
    expect(withAccount(staff, account('Aino', { totp: true }))[1]?.totp).toBe(true);
    expect(withAccount(staff, account('Uusi'))).toHaveLength(4);
  });
});

describe('a person', () => {
  it('needs a name and a user name without spaces; the address may be left out', () => {
    expect(personFaults({ username: '', name: ' ', email: 'x' })).toEqual({ username: 'empty', name: 'empty', email: 'email' });
    expect(personFaults({ username: 'a b', name: 'A', email: '' })).toEqual({ username: 'space' });
    expect(personFaults({ username: ' ab ', name: 'A', email: 'a@example.fi' })).toEqual({});
  });
});
