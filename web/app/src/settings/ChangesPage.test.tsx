import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SettingChange } from '../api/shapes';
import { AT, me } from '../fake/desk';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import ChangesPage from './ChangesPage';

const user = userEvent.setup();
const LIST = 'GET /api/settings/changes';
const RESTORE = 'POST /api/settings/restore';
let seen: Seen[];

const change = (part: Partial<SettingChange> = {}): SettingChange => ({
  line: 'l_1', kind: 'service', id: 'citizens-advice', name: 'Kansalaisneuvonta', part: 'hours', version: 2, newest: true, at: AT,
  by: { id: 's_lea', name: 'Lea Esimerkki' }, differences: [{ field: 'weekday', item: '1', before: '09:00–15:00', after: '' }], restored: -1, restorable: true,
  ...part,
});

function open(changes: SettingChange[], more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'administrator' }] }),
    'GET /api/chat/services': () => ({ services: [{ id: 'citizens-advice', name: 'Kansalaisneuvonta' }] }),
    'GET /api/settings/preview': () => ({ base: 2, differences: [{ field: 'weekday', item: '1', before: '', after: '09:00–15:00' }] }),
    [LIST]: () => ({ changes }),
    ...more,
  });
  show(<ChangesPage />, 'staff');
}

const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => at('/lead/changes'));

describe('changes of settings', () => {
  it('tell what differs, and who did it', async () => {
    open([change(), change({ line: 'l_2', kind: 'staff', part: 'role-grant', id: 's_1', name: 'Aino Esimerkki', by: { id: '', name: '' }, differences: [], restorable: false })]);
    const card = await screen.findByRole('article', { name: 'Palveluajat: Kansalaisneuvonta' });
    expect(card.textContent).toContain('Lea Esimerkki · versio 2');
    expect(within(card).getByRole('row', { name: 'Palveluajat: maanantai 9.00–15.00 –' })).toBeTruthy();
    const staff = screen.getByRole('article', { name: 'Käyttövaltuus annettu: Aino Esimerkki' });
    expect(staff.textContent).toContain('Muutoksen sisältö on lokitiedoissa.');
    expect(within(staff).queryByRole('button')).toBeNull();
  });

  it('are taken back after a look at what that changes', async () => {
    open([change()], { [RESTORE]: () => undefined });
    await press(/Peru muutos: Palveluajat: Kansalaisneuvonta, versio 2/);
    expect(await screen.findByRole('row', { name: 'Palveluajat: maanantai – 9.00–15.00' })).toBeTruthy();
    await press('Peru muutos');
    expect(await screen.findByText('Palautettu: Palveluajat: Kansalaisneuvonta')).toBeTruthy();
    expect(sentTo(seen, RESTORE)[0]?.body).toEqual({ kind: 'service', id: 'citizens-advice', part: 'hours', to: 1, base: 2 });
  });

  it('say why they cannot be taken back, and stay', async () => {
    open([change({ newest: false })], { [RESTORE]: () => refuse(409, 'conflict', 'Jonossa on asiakkaita.') });
    await press(/Palauta tämä versio/);
    await screen.findByRole('row', { name: 'Palveluajat: maanantai – 9.00–15.00' });
    await press('Palauta tämä versio');
    expect(await screen.findByText('Jonossa on asiakkaita.')).toBeTruthy();
    expect(sentTo(seen, RESTORE)[0]?.body).toMatchObject({ to: 2, base: 2 });
  });

  it('are chosen by kind, and older ones fetched', async () => {
    open([change()], { [LIST]: ({ query }) => (query.get('before') ? { changes: [change({ line: 'l_0', version: 1, newest: false })] } : { changes: [change()], next: 'l_1' }) });
    await press('Näytä vanhempia');
    expect(await screen.findByText('2 muutosta')).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Mitä muutettiin' }), 'service');
    await press('Näytä');
    expect(sentTo(seen, LIST).at(-1)?.query.get('kind')).toBe('service');
    expect(await screen.findByText('1 muutos')).toBeTruthy();
  });

  it('may be none', async () => {
    open([]);
    expect(await screen.findByText('Näillä rajauksilla ei ole muutoksia.')).toBeTruthy();
  });
});
