import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '../fake/desk';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import KeysPage from './KeysPage';

const user = userEvent.setup();
const NOW = Date.parse('2026-11-23T10:00:00Z');
const SETTLE = 'POST /api/admin/clock';
const calm = { now: NOW, mark: NOW, steady: true };
const alarm = { kind: 'jump', since: NOW, from: NOW, to: NOW + 9e9 };
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'administrator' }] }),
    'GET /api/officer/alarms': () => ({ alarms: [] }),
    'GET /api/admin/keys': () => ({ stores: [{ name: 'first', reachable: true }, { name: 'second', reachable: false, detail: 'no route' }], generation: 6, living: 134, warnings: [] }),
    'GET /api/admin/clock': () => ({ ...calm, steady: false, alarm }),
    [SETTLE]: () => calm,
    ...more,
  });
  show(<KeysPage />, 'staff');
}

const press = async (name: string) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => at('/admin/keys'));

describe('keys and clock', () => {
  it('say which store cannot be reached, and that destroying is stopped', async () => {
    open();
    expect(await screen.findByText('ei yhteyttä')).toBeTruthy();
    expect(await screen.findByText('pysäytetty, kunnes hälytys on selvitetty')).toBeTruthy();
  });

  it('say that no time has been accepted yet instead of a day in 1970', async () => {
    open({ 'GET /api/admin/clock': () => ({ now: NOW, mark: 0, steady: false }) });
    expect(await screen.findByText('aikaa ei ole vielä hyväksytty')).toBeTruthy();
    expect(screen.queryByText(/1970/)).toBeNull();
  });

  it('settle an alarm only when somebody has chosen the right time and told why', async () => {
    open();
    await press('Selvitä hälytys');
    expect(sentTo(seen, SETTLE)).toHaveLength(0);
    expect(screen.getByRole('button', { name: 'Kumpi aika on oikea? Valitse vaihtoehto.' })).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: /Entinen aika on oikea/ }));
    await user.type(screen.getByRole('textbox', { name: 'Perustelu' }), 'NTP oli väärä');
    await press('Selvitä hälytys');
    expect(await screen.findByText('Hälytys on selvitetty.')).toBeTruthy();
    expect(sentTo(seen, SETTLE)[0]?.body).toEqual({ accept: false, reason: 'NTP oli väärä' });
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Kello'));
  });

  it('tell when the clock is still wrong', async () => {
    open({ [SETTLE]: () => refuse(409, 'conflict', 'Kello on yhä väärässä.') });
    await user.click(await screen.findByRole('radio', { name: /Entinen aika on oikea/ }));
    await user.type(screen.getByRole('textbox', { name: 'Perustelu' }), 'NTP');
    await press('Selvitä hälytys');
    expect(await screen.findByText('Kello on yhä väärässä.')).toBeTruthy();
  });
});
