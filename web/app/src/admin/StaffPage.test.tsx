import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '../fake/desk';
import { account } from '../fake/office';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import StaffPage from './StaffPage';

const user = userEvent.setup();
const NOW = Date.parse('2026-11-23T10:00:00Z');
const own = account({ id: 's_own', name: 'Paavo Pääkäyttäjä', username: 'paavo', grants: [{ id: 'g_own', role: 'administrator', from: NOW }] });
const gone = account({ id: 's_gone', name: 'Ville Entinen', username: 'ville', disabled: true, disabled_at: NOW });
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': () => me({ id: 's_own', roles: [{ role: 'administrator' }] }),
    'GET /api/admin/staff': () => ({ staff: [account(), own, gone] }),
    'GET /api/chat/services': () => ({ services: [{ id: 'citizens-advice', name: 'Kansalaisneuvonta' }] }),
    'GET /api/admin/clock': () => ({ now: NOW, mark: NOW, steady: true }),
    ...more,
  });
  show(<StaffPage />, 'staff');
}

const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => at('/admin'));

describe('the list', () => {
  it('shows rights in words, and what is missing', async () => {
    open({ 'GET /api/admin/staff': () => ({ staff: [account({ secrecy: false, grants: [{ id: 'g', role: 'lead', service: 'citizens-advice', from: NOW }] })] }) });
    const row = (await screen.findAllByRole('row'))[1]!;
    expect(row.textContent).toContain('esihenkilö (Kansalaisneuvonta)');
    expect(within(row).getByText('puuttuu')).toBeTruthy();
  });

  it('finds by name, and shows disabled accounts only if wished', async () => {
    open();
    await user.type(await screen.findByRole('searchbox'), 'ville');
    expect(await screen.findByText('Tällä haulla ei löytynyt ketään.')).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: 'Näytä myös suljetut tilit' }));
    expect(await screen.findByRole('button', { name: 'Ville Entinen' })).toBeTruthy();
  });
});

describe('a new person', () => {
  const ADD = 'POST /api/admin/staff';

  it('is not sent before it is whole; the password is shown once and forgotten', async () => {
    const made = account({ id: 's_new', name: 'Uusi Ulla', username: 'ulla' });
    open({ [ADD]: () => ({ account: made, password: 'abcd-efgh-ijkl-mnop' }) });
    await press('Lisää henkilö');
    await press('Lisää henkilö');
    expect(screen.getByRole('button', { name: 'Rooli: Valitse vaihtoehto.' })).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Käyttäjätunnus' }), 'ulla');
    await user.type(screen.getByRole('textbox', { name: 'Nimi' }), 'Uusi Ulla');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rooli' }), 'adviser');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Palvelu' }), 'citizens-advice');
    await user.type(screen.getByLabelText('Viimeinen päivä'), '2026-12-31');
    await press('Lisää henkilö');
    expect(await screen.findByText('abcd-efgh-ijkl-mnop')).toBeTruthy();
    expect(sentTo(seen, ADD)[0]?.body).toEqual({
      username: 'ulla', name: 'Uusi Ulla', email: '', secrecy: false,
      grants: [{ role: 'adviser', service: 'citizens-advice', until: Date.parse('2026-12-31T22:00:00Z') }],
    });
    expect(JSON.stringify(history.state)).not.toContain('abcd');
    await press('Olen antanut salasanan');
    expect(screen.queryByText('abcd-efgh-ijkl-mnop')).toBeNull();
  });

  it('keeps what was written when the server refuses, and says where', async () => {
    open({ [ADD]: () => refuse(409, 'conflict', 'Tunnus on jo käytössä.', { field: 'username' }) });
    await press('Lisää henkilö');
    const username = screen.getByRole<HTMLInputElement>('textbox', { name: 'Käyttäjätunnus' });
    await user.type(username, 'aino');
    await user.type(screen.getByRole('textbox', { name: 'Nimi' }), 'Aino Toinen');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rooli' }), 'lead');
    await press('Lisää henkilö');
    await waitFor(() => expect(username.getAttribute('aria-invalid')).toBe('true'));
    expect(username.value).toBe('aino');
  });
});

describe('one person', () => {
  it('gets a new password only with a reason', async () => {
    const RESET = 'POST /api/admin/staff/s_aino/password';
    open({ [RESET]: () => ({ account: account(), password: 'qrst-uvwx' }) });
    await press('Aino Esimerkki');
    await press('Anna uusi salasana…');
    await press('Anna uusi salasana');
    expect(sentTo(seen, RESET)).toHaveLength(0);
    await user.type(screen.getByRole('textbox', { name: 'Perustelu' }), 'Unohti');
    await press('Anna uusi salasana');
    expect(await screen.findByText('qrst-uvwx')).toBeTruthy();
    expect(sentTo(seen, RESET)[0]?.body).toEqual({ reason: 'Unohti' });
  });

  it('loses a right only when asked twice', async () => {
    const WITHDRAW = 'DELETE /api/admin/staff/s_aino/grants/g_1';
    open({ [WITHDRAW]: () => account({ grants: [] }) });
    await press('Aino Esimerkki');
    await press(/^Poista: palveluneuvoja/);
    expect(sentTo(seen, WITHDRAW)).toHaveLength(0);
    await press(/^Poista heti: palveluneuvoja/);
    expect(await screen.findByText('Käyttövaltuuksia ei ole.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Käyttövaltuudet'));
  });

  it('is oneself: then what only another administrator may do is not there, and the page says why', async () => {
    open();
    await press('Paavo Pääkäyttäjä');
    expect(await screen.findByText('Tämä on oma tilisi.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /salasana|todennussovellus|Sulje tili/ })).toBeNull();
    expect(screen.getByText('oma valtuutesi: toinen pääkäyttäjä voi poistaa')).toBeTruthy();
  });

  it('whose account is disabled has nothing left to change', async () => {
    const DISABLE = 'POST /api/admin/staff/s_aino/disable';
    open({ [DISABLE]: () => account({ disabled: true, disabled_at: NOW }) });
    await press('Aino Esimerkki');
    await press('Sulje tili…');
    await user.type(screen.getByRole('textbox', { name: 'Perustelu' }), 'Työsuhde päättyi');
    await press('Sulje tili pysyvästi');
    expect(await screen.findByText(/Tili on suljettu 23\.11\.2026/)).toBeTruthy();
    expect(document.activeElement?.tagName).toBe('H1');
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).not.toContain('Lisää käyttövaltuus…');
  });

  it('is left by the browser’s way back', async () => {
    open();
    await press('Aino Esimerkki');
    await screen.findByRole('heading', { level: 1, name: 'Aino Esimerkki' });
    history.back();
    expect(await screen.findByRole('heading', { level: 1, name: 'Henkilöstö' })).toBeTruthy();
  });
});
