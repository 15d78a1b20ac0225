import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../api/shapes';
import { me } from '../fake/desk';
import { refuse, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import { landing } from '../staff/roles';
import AccountPage from './AccountPage';
import SignInPage from './SignInPage';

const IN = 'POST /api/staff/sign-in';
const user = userEvent.setup();
const { go, leave } = vi.hoisted(() => ({ go: vi.fn<(path: string) => void>(), leave: vi.fn<(address: string) => void>() }));
vi.mock('../staff/go', () => ({ go, leave, addressOf: (path: string) => path, toSignIn: () => { go('/sign-in'); } }));

beforeEach(() => {
  at('/sign-in');
  go.mockClear();
  leave.mockClear();
});

async function fill() {
  await user.type(await screen.findByLabelText('Käyttäjätunnus'), 'aino');
  await user.type(screen.getByLabelText('Salasana'), 'neljä sanaa ilman syytä');
  await user.click(screen.getByRole('button', { name: 'Kirjaudu sisään' }));
}

describe('signing in', () => {
  it('leads each role to where its work is, and first to what has to be done first', () => {
    const as = (role: Me['roles'][number]['role'], part: Partial<Me> = {}) => landing(me({ roles: [{ role }], ...part }));
    expect(as('adviser')).toBe('/desk');
    expect(as('lead')).toBe('/lead');
    expect(as('quality_reviewer')).toBe('/review');
    expect(as('registry_clerk')).toBe('/registry');
    expect(as('data_protection_officer')).toBe('/officer');
    expect(as('administrator')).toBe('/admin');
    expect(as('administrator', { must: ['enrol_totp'] })).toBe('/account');
    expect(landing(me({ roles: [] }))).toBe('/account');
  });

  it('asks for a code only when the account has a device, and moves there', async () => {
    let tries = 0;
    const needed = refuse(401, 'denied', 'Anna koodi.', { key: 'totp-required' });
    const seen = serve({ [IN]: () => (tries++ === 0 ? needed : me()) });
    show(<SignInPage />, 'staff');
    await fill();
    const code = await screen.findByLabelText('Kertakäyttökoodi');
    expect(document.activeElement).toBe(code);
    expect(screen.queryByRole('alert')).toBeNull();
    await user.type(code, '123 456{Enter}');
    await waitFor(() => expect(go).toHaveBeenCalledWith('/desk'));
    expect(sentTo(seen, IN)[1]?.body).toMatchObject({ username: 'aino', totp: '123456' });
  });

  it('says what the server says when it refuses', async () => {
    serve({ [IN]: () => refuse(401, 'denied', 'Käyttäjätunnus tai salasana on väärin.', { key: 'sign-in-failed' }) });
    show(<SignInPage />, 'staff');
    await fill();
    expect((await screen.findByRole('alert')).textContent).toContain('Käyttäjätunnus tai salasana on väärin.');
    expect(go).not.toHaveBeenCalled();
  });
});

describe('signing in by the organisation’s directory', () => {
  const WAYS = 'GET /api/staff/sign-in';
  const button = () => screen.findByRole('button', { name: 'Kirjaudu organisaation tunnuksella' });

  it('leads there, with the page that was asked for, and leaves the password’s form where it is', async () => {
    at('/sign-in?next=%2Fdesk');
    const seen = serve({ [WAYS]: () => ({ directory: true, passwords: 'all' }), 'POST /api/staff/directory': () => ({ address: 'https://login.example.fi/authorize?x' }) });
    show(<SignInPage />, 'staff');
    await user.click(await button());
    await waitFor(() => expect(leave).toHaveBeenCalledWith('https://login.example.fi/authorize?x'));
    expect(sentTo(seen, 'POST /api/staff/directory')[0]?.body).toEqual({ next: '/desk' });
    expect(screen.getByLabelText('Salasana')).toBeTruthy();
  });

  it('tells what went wrong there, once, and that it cannot be reached', async () => {
    at('/sign-in?directory=directory-not-bound');
    serve({
      [WAYS]: ({ query }) => ({ directory: true, passwords: 'administrators', told: query.get('told') === 'directory-not-bound' ? 'Pyydä pääkäyttäjää.' : '' }),
      'POST /api/staff/directory': () => refuse(503, 'busy', 'Hakemistoon ei saatu yhteyttä.'),
    });
    show(<SignInPage />, 'staff');
    expect((await screen.findByRole('alert')).textContent).toContain('Pyydä pääkäyttäjää.');
    expect(location.search).not.toContain('directory');
    expect(screen.getByText('Pääkäyttäjän kirjautuminen salasanalla')).toBeTruthy();
    await user.click(await button());
    expect(await screen.findByText('Hakemistoon ei saatu yhteyttä.')).toBeTruthy();
  });

  it('goes on to the work of whoever comes back signed in', async () => {
    at('/sign-in?directory=done&next=%2Fdesk%2Fsearch');
    serve({ 'GET /api/staff/me': () => me() });
    show(<SignInPage />, 'staff');
    await waitFor(() => expect(go).toHaveBeenCalledWith('/desk/search'));
  });

  it('asks for a code where the directory has seen one factor', async () => {
    at('/sign-in?directory=code');
    let tries = 0;
    const seen = serve({ 'POST /api/staff/directory/code': () => (tries++ === 0 ? refuse(401, 'denied', 'Koodi on väärin.', { key: 'totp-wrong' }) : me()) });
    show(<SignInPage />, 'staff');
    const code = await screen.findByLabelText('Kertakäyttökoodi');
    expect(document.activeElement).toBe(code);
    await user.type(code, '123 456{Enter}');
    expect(await screen.findByText('Koodi on väärin.')).toBeTruthy();
    await user.type(code, '{Enter}');
    await waitFor(() => expect(go).toHaveBeenCalledWith('/desk'));
    expect(sentTo(seen, 'POST /api/staff/directory/code')[0]?.body).toEqual({ code: '123456' });
  });
});

describe('one’s own account', () => {
  it('shows first what has to be done, and nothing else', async () => {
    serve({ 'GET /api/staff/me': () => me({ must: ['change_password'] }) });
    show(<AccountPage />, 'staff');
    expect(await screen.findByText(/Salasanasi on kertakäyttöinen/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Kirjaudu ulos kaikkialta' })).toBeNull();
  });

  it('takes a authenticator app into use only with a code, the key also in writing', async () => {
    const seen = serve({
      'GET /api/staff/me': () => me(),
      'POST /api/staff/totp': () => ({ uri: 'otpauth://totp/x?secret=ABCD', secret: 'ABCD EFGH' }),
      'POST /api/staff/totp/confirm': () => me({ totp: true }),
    });
    show(<AccountPage />, 'staff');
    await user.click(await screen.findByRole('button', { name: 'Ota todennussovellus käyttöön' }));
    expect(await screen.findByText('ABCD EFGH')).toBeTruthy();
    expect(screen.getByRole('img').getAttribute('src')).toMatch(/^data:image\/svg/);
    await user.type(screen.getByLabelText('Kertakäyttökoodi'), '654321{Enter}');
    expect(await screen.findByText('Todennussovellus on otettu käyttöön.')).toBeTruthy();
    expect(sentTo(seen, 'POST /api/staff/totp/confirm')[0]?.body).toEqual({ code: '654321' });
  });

  it('puts the server’s word on a new password beside it', async () => {
    serve({
      'GET /api/staff/me': () => me(),
      'POST /api/staff/password': () => refuse(422, 'invalid', 'Salasana on liian lyhyt.', { field: 'new' }),
    });
    show(<AccountPage />, 'staff');
    await user.type(await screen.findByLabelText('Uusi salasana'), 'lyhyt{Enter}');
    await waitFor(() => expect(screen.getByLabelText('Uusi salasana').getAttribute('aria-invalid')).toBe('true'));
  });

  it('leads whoever is not signed in to the sign-in page', async () => {
    serve({ 'GET /api/staff/me': () => refuse(401, 'denied', 'Kirjaudu.', { key: 'signed-out' }) });
    show(<AccountPage />, 'staff');
    await waitFor(() => expect(go).toHaveBeenCalledWith('/sign-in'));
  });
});

describe('the end of a session', () => {
  const ending = (part: Partial<Me['session']>) =>
    me({ session: { idle_at: Date.now() + 60_000, ends_at: Date.now() + 36_000_000, warn_s: 120, ...part } });

  it('is warned of, and put off at a word', async () => {
    const seen = serve({
      'GET /api/staff/me': () => ending({}),
      'POST /api/staff/extend': () => ({ idle_at: Date.now() + 1_800_000, ends_at: Date.now() + 36_000_000, warn_s: 120 }),
    });
    show(<AccountPage />, 'staff');
    await user.click(await screen.findByRole('button', { name: 'Pysy kirjautuneena' }));
    await waitFor(() => expect(screen.queryByText('Istuntosi on päättymässä')).toBeNull());
    expect(sentTo(seen, 'POST /api/staff/extend')).toHaveLength(1);
  });

  it('cannot be put off beyond the working day, and is told all the same', async () => {
    serve({ 'GET /api/staff/me': () => ending({ ends_at: Date.now() + 30_000 }) });
    show(<AccountPage />, 'staff');
    expect(await screen.findByText(/Työpäivän mittainen istunto/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Pysy kirjautuneena' })).toBeNull();
  });
});
