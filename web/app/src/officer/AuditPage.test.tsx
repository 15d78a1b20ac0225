import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '../fake/desk';
import { dying, entry } from '../fake/office';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import AuditPage from './AuditPage';

const user = userEvent.setup();
const ASK = 'POST /api/officer/audit';
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'data_protection_officer' }] }),
    'GET /api/officer/purposes': () => ({ purposes: [{ id: 'oversight', name: 'Käytön valvonta', law: 'Laki (906/2019)', reason: true }] }),
    'GET /api/officer/staff': () => ({ staff: [{ id: 's_aino', name: 'Aino Esimerkki' }] }),
    'GET /api/officer/destruction': () => ({ today: '2026-11-23', buckets: [dying()] }),
    [ASK]: () => ({ entries: [entry(), entry({ leaf: 6, outcome: 'not-allowed', row: 'c_2', reason: 'Asiakas soitti' })], next: 'older' }),
    ...more,
  });
  show(<AuditPage />, 'staff');
}

const press = async (name: string) => user.click(await screen.findByRole('button', { name }));
const reason = () => screen.findByRole('textbox', { name: 'Perustelu' });

beforeEach(() => at('/officer/audit'));

describe('the audit', () => {
  it('asks nothing without a reason and a person', async () => {
    open();
    await press('Hae merkinnät');
    expect(sentTo(seen, ASK)).toHaveLength(0);
    expect((await reason()).getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('button', { name: 'Työntekijä: Valitse vaihtoehto.' })).toBeTruthy();
  });

  it('shows who did what, for which purpose, and what was refused', async () => {
    open();
    await user.type(await reason(), 'Pistokoe');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Työntekijä' }), 's_aino');
    await press('Hae merkinnät');
    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('alkoi lukea');
    expect(rows[1]?.textContent).toContain('yhteydenottoon vastaaminen');
    expect(rows[1]?.textContent).toContain('Neuvontapalvelu');
    expect(rows[2]?.textContent).toContain('evätty: rooli ei oikeuta');
    expect(rows[2]?.textContent).toContain('Perustelu: Asiakas soitti');
    expect(sentTo(seen, ASK)[0]?.body).toEqual({ by: 'staff', id: 's_aino', purpose: 'oversight', reason: 'Pistokoe' });
  });

  it('fetches older entries as a search of its own', async () => {
    open();
    await user.type(await reason(), 'Pistokoe');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Työntekijä' }), 's_aino');
    await press('Hae merkinnät');
    await press('Näytä vanhempia');
    expect(await screen.findByText('Näytetään 4 merkintää.')).toBeTruthy();
    expect(sentTo(seen, ASK)[1]?.body).toMatchObject({ before: 'older', reason: 'Pistokoe' });
  });

  it('leads from an entry to its contact, but leaves the asking to the officer', async () => {
    open();
    await user.type(await reason(), 'Pistokoe');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Työntekijä' }), 's_aino');
    await press('Hae merkinnät');
    await user.click((await screen.findAllByRole('button', { name: 'Hae tämän yhteydenoton merkinnät' }))[1]!);
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Yhteydenoton tunniste' }).value).toBe('c_2');
    await waitFor(async () => expect(document.activeElement).toBe(await reason()));
    expect(sentTo(seen, ASK)).toHaveLength(1);
  });

  it('shows a word that it does not know as it is, and a refusal in the server’s words', async () => {
    let tries = 0;
    open({ [ASK]: () => (tries++ === 0 ? refuse(403, 'denied', 'Roolisi ei riitä.') : { entries: [entry({ action: 'new-act', leaf: -1 })] }) });
    await user.type(await reason(), 'Pistokoe');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Työntekijä' }), 's_aino');
    await press('Hae merkinnät');
    expect(await screen.findByText('Roolisi ei riitä.')).toBeTruthy();
    await press('Hae merkinnät');
    expect(await screen.findByText('new-act')).toBeTruthy();
    expect(screen.getByText('tulossa')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Näytä vanhempia' })).toBeNull();
  });
});
