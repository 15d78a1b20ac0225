import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryState } from '../api/shapes';
import { me } from '../fake/desk';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import DirectoryPage from './DirectoryPage';

const user = userEvent.setup();
const PUT = 'PUT /api/admin/directory';
const TRY = 'POST /api/admin/directory/try';
let seen: Seen[];

const state = (part: Partial<DirectoryState> = {}): DirectoryState => ({
  on: false,
  issuer: '',
  client_id: '',
  claim: '',
  acr: [],
  passwords: 'all',
  secret: false,
  sign_ins: 0,
  version: 0,
  redirect: 'https://luukku.example.fi/mallila/sign-in/directory',
  after: 'https://luukku.example.fi/mallila/sign-in',
  ...part,
});
const SET = state({ on: true, issuer: 'https://login.example.fi', client_id: 'luukku', claim: 'upn', secret: true, version: 3 });

function open(first: DirectoryState, more: Parameters<typeof serve>[0] = {}) {
  seen = serve({ 'GET /api/staff/me': () => me({ roles: [{ role: 'administrator' }] }), 'GET /api/admin/directory': () => first, ...more });
  show(<DirectoryPage />, 'staff');
}

const field = (name: RegExp) => screen.getByLabelText(name);
const press = (name: string) => user.click(screen.getByRole('button', { name }));

beforeEach(() => at('/admin/directory'));

describe('the organisation’s directory', () => {
  it('is not set without what it needs, and says which address to register', async () => {
    open(state());
    expect(await screen.findByText('https://luukku.example.fi/mallila/sign-in/directory')).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: /kautta on käytössä/ }));
    await press('Tallenna');
    const faults = screen.getByRole('group', { name: 'Tarkista tiedot' });
    expect(within(faults).getAllByRole('button')).toHaveLength(3);
    expect(sentTo(seen, PUT)).toHaveLength(0);
  });

  it('keeps the secret for the same directory only', async () => {
    open(SET, { [PUT]: ({ body }) => ({ ...SET, ...(body as object), secret: true, version: 4 }) });
    await screen.findByText(/Salaisuus on asetettu/);
    expect(field(/Asiakassalaisuus/)).toHaveProperty('value', '');
    await user.clear(field(/issuer/));
    await user.type(field(/issuer/), 'https://other.example.fi');
    await press('Tallenna');
    expect(sentTo(seen, PUT)).toHaveLength(0);
    await user.type(field(/Asiakassalaisuus/), 'uusi');
    await user.type(field(/acr/), 'silver  gold');
    await press('Tallenna');
    await waitFor(() => expect(sentTo(seen, PUT)[0]?.body).toEqual({ on: true, issuer: 'https://other.example.fi', client_id: 'luukku', claim: 'upn', acr: ['silver', 'gold'], passwords: 'all', secret: 'uusi', base: 3 }));
    expect(await screen.findByText(/Asetukset on tallennettu/)).toBeTruthy();
  });

  it('says how many sign-ins end with it, before it is saved', async () => {
    open({ ...SET, sign_ins: 12 });
    await screen.findByText(/Salaisuus on asetettu/);
    const warning = /päättää 12 kirjautumista/;
    expect(screen.queryByText(warning)).toBeNull();
    await user.type(field(/acr/), 'gold');
    expect(screen.queryByText(warning)).toBeNull();
    const on = screen.getByRole('checkbox', { name: /kautta on käytössä/ });
    await user.click(on);
    expect(screen.getByText(warning)).toBeTruthy();
    await user.click(on);
    expect(screen.queryByText(warning)).toBeNull();
    await user.type(field(/Asiakastunnus/), '2');
    expect(screen.getByText(warning)).toBeTruthy();
  });

  it('is tried before it is saved, in plain words', async () => {
    open(SET, { [TRY]: () => ({ steps: [{ step: 'discovery', state: 'ok' }, { step: 'client', state: 'wrong', told: 'Salaisuus on väärin.' }] }) });
    await screen.findByText(/Salaisuus on asetettu/);
    await press('Kokeile yhteyttä');
    expect(await screen.findByText('Salaisuus on väärin.')).toBeTruthy();
    expect(screen.getByText(/Yhteydessä on korjattavaa/)).toBeTruthy();
    expect(sentTo(seen, TRY)[0]?.body).not.toHaveProperty('secret');
    await user.type(field(/Asiakassalaisuus/), 'x');
    expect(screen.queryByText('Salaisuus on väärin.')).toBeNull();
  });

  it('puts the server’s word beside its field', async () => {
    open(SET, { [PUT]: () => refuse(422, 'invalid', 'Kirjoita osoite.', { field: 'issuer' }) });
    await screen.findByText(/Salaisuus on asetettu/);
    await press('Tallenna');
    await waitFor(() => expect(field(/issuer/).getAttribute('aria-invalid')).toBe('true'));
  });
});
