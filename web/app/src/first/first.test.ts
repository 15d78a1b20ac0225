import { screen, waitFor, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resetBoot } from '../boot';
import { message, state, talking } from '../fake/chat';
import { offline, refuse, sentTo, serve } from '../fake/server';
import texts from '../text/fi.json';
import { First } from './first';
import { goTo, placeIn } from './handover';

/** The page as the server draws it: a test of the server's keeps this file (web/pages/chat_test.go). */
const DRAWN = readFileSync(`${import.meta.dirname}/../fake/start.html`, 'utf8');
const CONTACT = '/api/chat/contacts/c_1';
const POST = `POST ${CONTACT}/messages`;
const SLOT = 'luukku:mallila:citizens-advice';
const user = userEvent.setup();

/** Opens the page at its address and starts its script; what it would fetch later does not come here. */
function open() {
  history.replaceState(null, '', '/mallila/chat/citizens-advice?lang=fi');
  const page = new DOMParser().parseFromString(DRAWN, 'text/html');
  document.documentElement.lang = page.documentElement.lang;
  document.head.replaceChildren(...page.head.querySelectorAll('meta'));
  document.body.replaceChildren(...page.body.children);
  const data = document.getElementById('first-data')!;
  data.textContent = JSON.stringify({ ...(JSON.parse(data.textContent) as object), texts });
  resetBoot();
  new First(document.getElementById('first')!);
}

const answers = (more: Parameters<typeof serve>[0] = {}) => ({
  'POST /api/chat/contacts': () => ({ contact: 'c_1', token: 'tok', state: state() }),
  [`GET ${CONTACT}`]: () => state(),
  [`GET ${CONTACT}/messages`]: () => ({ messages: [], last: 0 }),
  [`POST ${CONTACT}/leave`]: () => undefined,
  [POST]: () => ({ n: 1, at: 1, masked: false }),
  ...more,
});

const begin = async () => {
  await user.click(screen.getByRole('button', { name: 'Aloita chat' }));
  return screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Kirjoita viesti' });
};

beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: false })));
afterEach(() => {
  window.luukkuFirst?.conversation.stop();
  delete window.luukkuFirst;
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

// Before the others: what they begin is fetched later, into the same document.
describe('fetching the whole front end', () => {
  const files = () => [...document.head.querySelectorAll('link')].map(({ rel, href }) => `${rel} ${new URL(href).pathname}`);
  const arrive = () => document.head.querySelectorAll('link').forEach((link) => void link.dispatchEvent(new Event('load')));

  it('takes one file at a time, none while a contact is being begun, and then all of it', async () => {
    let answer: (value: unknown) => void = () => undefined;
    serve(answers({ 'POST /api/chat/contacts': () => new Promise((resolve) => (answer = resolve)) }));
    open();
    expect(files()).toEqual([]);
    await vi.waitFor(() => expect(files()).toEqual(['modulepreload /app/assets/index.js']), { timeout: 4_000 });
    await user.click(screen.getByRole('button', { name: 'Aloita chat' }));
    arrive();
    await new Promise((done) => setTimeout(done, 500));
    expect(files()).toHaveLength(1);
    answer({ contact: 'c_1', token: 'tok', state: state() });
    await screen.findByRole('log');
    await vi.waitFor(() => expect(files()).toContain('modulepreload /app/assets/ChatPage.js'), { timeout: 4_000 });
  });
});

describe('the start form', () => {
  it('sends the language, the topic and what was given, masked, and nothing that was left empty', async () => {
    const seen = serve(answers());
    open();
    await user.click(screen.getByRole('radio', { name: 'ruotsi' }));
    await user.click(screen.getByRole('radio', { name: 'Muuttaminen' }));
    await user.type(screen.getByRole('textbox', { name: /Puhelin/ }), ' 010190-999W ');
    await begin();
    expect(sentTo(seen, 'POST /api/chat/contacts')[0]?.body).toMatchObject({ service: 'citizens-advice', lang: 'sv', topic: 'moving', fields: { phone: '••••••-••••' } });
    expect(Object.keys((sentTo(seen, 'POST /api/chat/contacts')[0]?.body as { fields: object }).fields)).toEqual(['phone']);
  });

  it('says what is wrong at the field itself, and tries again with the same id', async () => {
    let tries = 0;
    const refusal = refuse(422, 'invalid', 'Tarkista sähköpostiosoite.', { field: 'body.fields.email' });
    const seen = serve(answers({ 'POST /api/chat/contacts': () => (tries++ === 0 ? refusal : { contact: 'c_1', token: 'tok', state: state() }) }));
    open();
    await user.click(screen.getByRole('button', { name: 'Aloita chat' }));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Tarkista'));
    const email = screen.getByRole('textbox', { name: /Sähköposti/ });
    expect(email.getAttribute('aria-invalid')).toBe('true');
    expect(email.getAttribute('aria-describedby')).toBe('h-email w-email');
    expect(document.getElementById('w-email')?.textContent).toBe('Tarkista sähköpostiosoite.');
    await begin();
    const ids = sentTo(seen, 'POST /api/chat/contacts').map(({ body }) => (body as { client_id: string }).client_id);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('begins once, however often it is pressed, and says when nothing answers', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const seen = serve(answers({ 'POST /api/chat/contacts': () => new Promise((resolve) => (answer = resolve)) }));
    open();
    const button = screen.getByRole('button', { name: 'Aloita chat' });
    await user.dblClick(button);
    expect(button.textContent).toBe('Aloitetaan…');
    expect(sentTo(seen, 'POST /api/chat/contacts')).toHaveLength(1);
    answer(refuse(503, 'busy', 'Palvelu on ruuhkautunut.'));
    await screen.findByText('Palvelu on ruuhkautunut.');
    serve({ 'POST /api/chat/contacts': offline });
    await user.click(button);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Tarkista verkkoyhteytesi'));
  });

  it('begins by itself where the button was pressed before the script had come', async () => {
    serve(answers());
    document.documentElement.dataset.early = '1';
    open();
    delete document.documentElement.dataset.early;
    await screen.findByRole('log');
  });

  it('changes its language in place and loses nothing that was filled in', async () => {
    const swedish = DRAWN.replace('<html lang="fi">', '<html lang="sv">').replace('>Aloita chat<', '>Börja chatta<');
    serve(answers());
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string, init?: RequestInit) => (init ? real(url, init) : Promise.resolve(new Response(swedish))));
    open();
    await user.click(screen.getByRole('radio', { name: 'Muuttaminen' }));
    await user.type(screen.getByRole('textbox', { name: /Puhelin/ }), '040 555 0001');
    await user.click(screen.getByRole('link', { name: 'Svenska' }));
    await screen.findByRole('button', { name: 'Börja chatta' });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /Puhelin/ }).value).toBe('040 555 0001');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Muuttaminen' }).checked).toBe(true);
    expect([document.documentElement.lang, location.search]).toEqual(['sv', '?lang=sv']);
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Svenska' }));
    await user.click(screen.getByRole('button', { name: 'Börja chatta' }));
    await screen.findByRole('log');
  });

  it('asks for what was brought from another tab, which becomes the first message', async () => {
    const seen = serve(answers());
    open();
    const other = new BroadcastChannel('luukku:carry');
    other.postMessage({ to: '/mallila/chat/citizens-advice', text: 'tuotu kysymys' });
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Mukaan ottamasi teksti' });
    expect(field.value).toBe('tuotu kysymys');
    await user.type(field, ' 010190-999W');
    expect(screen.getByText(/Viestissäsi on henkilötunnus/)).toBeTruthy();
    await begin();
    await waitFor(() => expect(sentTo(seen, POST)[0]?.body).toMatchObject({ text: 'tuotu kysymys ••••••-••••' }));
    other.close();
  });
});

describe('writing before the whole front end is there', () => {
  it('sends by HTTP, shows how far it has come, and keeps what the tab needs', async () => {
    const seen = serve(answers());
    open();
    await user.type(await begin(), 'Hei!{Enter}');
    expect(within(screen.getByRole('log')).getByText('Hei!')).toBeTruthy();
    await screen.findByText('Lähetetty');
    expect(sentTo(seen, POST)[0]?.body).toMatchObject({ text: 'Hei!', lang: 'fi' });
    expect(JSON.parse(sessionStorage.getItem(SLOT) ?? '')).toMatchObject({ contact: 'c_1', token: 'tok', last: 1, pending: [] });
  });

  it('shows a refused message with a way to try again, under the same id', async () => {
    let tries = 0;
    const seen = serve(answers({ [POST]: () => (tries++ === 0 ? refuse(422, 'invalid', 'Viesti on liian pitkä.') : { n: 1, at: 1, masked: false }) }));
    open();
    await user.type(await begin(), 'Hei!{Enter}');
    await screen.findByText('Viesti on liian pitkä.');
    await user.click(screen.getByRole('button', { name: 'Yritä uudelleen' }));
    await screen.findByText('Lähetetty');
    expect(new Set(sentTo(seen, POST).map(({ body }) => (body as { client_id: string }).client_id)).size).toBe(1);
  });

  it('tells of a personal identity code before it is sent, of nothing written, and of too much', async () => {
    serve(answers());
    open();
    const field = await begin();
    await user.keyboard('{Tab}');
    await user.type(field, '010190-999W');
    expect(screen.getByText(/Viestissäsi on henkilötunnus/)).toBeTruthy();
    await user.clear(field);
    await user.keyboard('{Enter}');
    expect(screen.getByText('Kirjoita ensin viesti.')).toBeTruthy();
    await user.paste('a'.repeat(4_001));
    await user.keyboard('{Enter}');
    expect(screen.getByText(/Viesti on liian pitkä/)).toBeTruthy();
    expect(field.value).toHaveLength(4_001);
  });

  it('shows what an adviser answers as text, and who serves', async () => {
    const run = { messages: [message(1, { text: '<b>Hei</b>', lang: 'sv' })], last: 1 };
    serve(answers({ 'POST /api/chat/contacts': () => ({ contact: 'c_1', token: 'tok', state: talking({ last: 1 }) }), [`GET ${CONTACT}/messages`]: () => run }));
    open();
    await begin();
    expect((await within(screen.getByRole('log')).findByText('<b>Hei</b>')).lang).toBe('sv');
    expect(screen.getByText('Sinua palvelee Aino.')).toBeTruthy();
  });

  it('ends after asking once more, and gives the reference code', async () => {
    serve(answers({ [`POST ${CONTACT}/end`]: () => talking({ status: 'closed', reference: 'KN-4F7Q', closed_reason: 'citizen' }) }));
    open();
    await begin();
    await user.click(screen.getByRole('button', { name: 'Poistu jonosta' }));
    const sure = screen.getByRole('region', { name: 'Haluatko poistua jonosta?' });
    await user.click(within(sure).getByRole('button', { name: 'Poistu jonosta' }));
    expect(await screen.findByText('KN-4F7Q')).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Keskustelu on päättynyt');
  });

  it('leaves nothing on a shared computer, and nothing takes over what was cleared', async () => {
    serve(answers({ [`POST ${CONTACT}/end`]: () => talking({ status: 'closed' }) }));
    open();
    await user.type(await begin(), 'salaista');
    await user.click(screen.getByRole('button', { name: 'Poistu jonosta' }));
    await user.click(screen.getByRole('button', { name: /Lopeta ja tyhjennä/ }));
    expect(screen.getByRole('heading', { name: 'Tiedot on tyhjennetty' })).toBe(document.activeElement);
    expect(sessionStorage).toHaveLength(0);
    const taken = await Promise.race([window.luukkuFirst!.quiet().then(() => 'taken'), new Promise((done) => setTimeout(done, 1_000, 'waiting'))]);
    expect(taken).toBe('waiting');
  });

  it('goes on after a reload without a start form', async () => {
    sessionStorage.setItem(SLOT, JSON.stringify({ contact: 'c_1', token: 'tok', last: 0, pending: [{ clientId: 'id-of-mine', text: 'moi', lang: 'fi', kind: 'reply', at: 1 }] }));
    const seen = serve(answers());
    open();
    expect(screen.queryByRole('button', { name: 'Aloita chat' })).toBeNull();
    await screen.findByText('Lähetetty');
    expect(sentTo(seen, POST)[0]?.body).toMatchObject({ client_id: 'id-of-mine', text: 'moi' });
  });
});

describe('handing over', () => {
  it('waits until nobody writes and nothing is under way, then tells where the reader was', async () => {
    let answer: (value: unknown) => void = () => undefined;
    serve(answers({ [POST]: () => new Promise((resolve) => (answer = resolve)) }));
    open();
    const field = await begin();
    await user.type(field, 'Hei!{Enter}');
    let due = false;
    void window.luukkuFirst!.quiet().then(() => (due = true));
    await new Promise((done) => setTimeout(done, 800));
    expect(due).toBe(false);
    answer({ n: 1, at: 1, masked: false });
    await user.type(field, 'luonnos');
    field.setSelectionRange(1, 3);
    await vi.waitFor(() => expect(due).toBe(true), { timeout: 3_000 });
    const { place } = window.luukkuFirst!.leave();
    expect(document.getElementById('first')).toBeNull();
    expect(place).toMatchObject({ tag: 'TEXTAREA', from: 1, to: 3 });
    expect(window.luukkuFirst!.conversation.draft).toBe('luonnos');
  });

  it('finds a button by what it says', () => {
    document.body.innerHTML = '<div id="a"><button>x</button><button>y</button></div><div id="b"><button>y</button></div>';
    document.querySelectorAll('button')[1]!.focus();
    const place = placeIn(document.getElementById('a')!)!;
    expect(goTo(place, document.getElementById('b')!)).toBe(true);
    expect(document.activeElement?.parentElement?.id).toBe('b');
    expect(goTo({ ...place, says: 'z' }, document.getElementById('b')!)).toBe(false);
  });

  it('says so when a part of the page does not come, and goes on', async () => {
    serve(answers());
    open();
    const field = await begin();
    window.luukkuFirst!.missing();
    expect(screen.getByText(/Osa sivusta ei latautunut/).getAttribute('role')).toBe('status');
    await user.type(field, 'silti{Enter}');
    await screen.findByText('Lähetetty');
  });
});
