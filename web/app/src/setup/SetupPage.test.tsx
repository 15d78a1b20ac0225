import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { resetBoot } from '../boot';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { show } from '../fake/show';
import SetupPage from './SetupPage';

const user = userEvent.setup();
const DO = 'POST /api/setup';
const names: Record<string, string> = { fi: 'Neuvonta', sv: 'Rådgivning', en: 'Advice' };
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/setup': ({ query }) => ({
      needed: true,
      password_min_length: 12,
      templates: [{ id: 'citizens-advice', name: names[query.get('lang') ?? 'fi'], keep_line: 'Säilytämme kaksi vuotta.' }],
    }),
    'POST /api/setup/code': () => undefined,
    [DO]: () => ({ sign_in: '/mallila/sign-in', adviser_password: 'abcd-efgh' }),
    ...more,
  });
  show(<SetupPage />, 'staff');
}

const step = (name: string) => screen.findByRole('heading', { level: 1, name });
const write = async (name: string, text: string) => user.type(screen.getByLabelText(name), text);
const next = () => user.click(screen.getByRole('button', { name: 'Jatka' }));

async function toCheck() {
  await step('Käyttöönoton koodi');
  await write('Koodi', 'ABCD');
  await next();
  await step('Ensimmäinen pääkäyttäjä');
  await write('Käyttäjätunnus', 'paavo');
  await write('Nimi', 'Paavo');
  await write('Salasana', 'tuuli kivi lamppu');
  await write('Salasana uudelleen', 'tuuli kivi lamppu');
  await next();
  await step('Viranomainen');
  for (const lang of ['suomi', 'ruotsi', 'englanti']) await write(lang, 'Mallila');
  await next();
  await step('Viranomaisen yhteystiedot');
  await write('Postiosoite', 'PL 1');
  await write('Kirjaamon sähköposti', 'kirjaamo@example.fi');
  await write('Tietosuojavastaavan sähköposti', 'tietosuoja@example.fi');
  await next();
  await step('Ensimmäinen palvelu');
  await user.click(screen.getByRole('radio', { name: /Neuvonta/ }));
  await next();
  await step('Aiheet');
  await next();
  await step('Palveluajat');
  await next();
  await step('Ensimmäinen palveluneuvoja');
  await write('Käyttäjätunnus', 'aino');
  await write('Nimi', 'Aino');
  await next();
  await step('Tarkista ja ota käyttöön');
}

beforeEach(() => {
  history.replaceState(null, '', '/setup');
  document.documentElement.lang = 'fi';
  resetBoot();
});

describe('the first start', () => {
  it('goes through one thing on a page and does everything at the end', async () => {
    open();
    await toCheck();
    expect(sentTo(seen, DO)).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Ota käyttöön' }));
    await step('Luukku on otettu käyttöön');
    expect(screen.getByText('abcd-efgh')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Kirjaudu sisään pääkäyttäjänä' }).getAttribute('href')).toBe('/mallila/sign-in?lang=fi');
    expect(sentTo(seen, DO)[0]?.body).toMatchObject({
      code: 'ABCD',
      account: { username: 'paavo', password: 'tuuli kivi lamppu' },
      authority: { slug: 'mallila', time_zone: 'Europe/Helsinki' },
      service: { template: 'citizens-advice', name: { fi: 'Neuvonta', sv: 'Rådgivning', en: 'Advice' }, languages: ['fi', 'sv', 'en'] },
      adviser: { username: 'aino', secrecy: false },
    });
  }, 30_000);

  it('does not go on with a wrong code', async () => {
    open({ 'POST /api/setup/code': () => refuse(403, 'denied', 'Koodi on väärin.', { field: 'code' }) });
    await step('Käyttöönoton koodi');
    await write('Koodi', 'X');
    await next();
    await waitFor(() => expect(screen.getByLabelText('Koodi').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getAllByText('Koodi on väärin.')).toHaveLength(1);
    expect(document.activeElement).toBe(screen.getByLabelText('Koodi'));
  });

  it('says at each field what is wrong, and keeps what was written on the way back and forth', async () => {
    open();
    await step('Käyttöönoton koodi');
    await write('Koodi', 'ABCD');
    await next();
    await step('Ensimmäinen pääkäyttäjä');
    await write('Käyttäjätunnus', 'paavo');
    await write('Salasana', 'lyhyt');
    await next();
    expect(document.activeElement?.textContent).toContain('Tarkista tiedot');
    await user.click(screen.getByRole('button', { name: 'Salasana: Salasanassa pitää olla vähintään 12 merkkiä.' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Salasana'));
    await user.click(screen.getByRole('button', { name: 'Takaisin' }));
    await step('Käyttöönoton koodi');
    await next();
    await step('Ensimmäinen pääkäyttäjä');
    expect(screen.getByLabelText<HTMLInputElement>('Käyttäjätunnus').value).toBe('paavo');
  });

  it('loses nothing when the server refuses at the end, and leads to the step that can mend it', async () => {
    let tries = 0;
    const refusal = refuse(422, 'invalid', 'Salasana on liian yleinen.', { field: 'password', key: 'password-common' });
    open({ [DO]: () => (tries++ === 0 ? refusal : { sign_in: '/mallila/sign-in' }) });
    await toCheck();
    await user.click(screen.getByRole('button', { name: 'Ota käyttöön' }));
    await user.click(await screen.findByRole('button', { name: 'Korjaa vaiheessa: Ensimmäinen pääkäyttäjä' }));
    await step('Ensimmäinen pääkäyttäjä');
    expect(screen.getByLabelText<HTMLInputElement>('Nimi').value).toBe('Paavo');
    await next();
    await step('Tarkista ja ota käyttöön');
    await user.click(screen.getByRole('button', { name: 'Ota käyttöön' }));
    await step('Luukku on otettu käyttöön');
  }, 30_000);

  it('says when it has been done already', async () => {
    open({ 'GET /api/setup': () => ({ needed: false, password_min_length: 12, templates: [] }) });
    await step('Käyttöönotto on jo tehty');
  });
});
