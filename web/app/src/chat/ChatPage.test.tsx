import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { advice, guardianship, message, services, state, talking } from '../fake/chat';
import { handOver } from '../fake/first';
import { FakeLine } from '../fake/line';
import { offline, refuse, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import ChatPage from './ChatPage';
import type { Saved } from './saved';

const CONTACT = '/api/chat/contacts/c_1';
const POST = `POST ${CONTACT}/messages`;
const user = userEvent.setup();
let line: FakeLine;

beforeEach(() => {
  at('/chat/citizens-advice');
  line = new FakeLine();
});

const open = () => show(<ChatPage service="citizens-advice" openLine={line.open} />, 'citizen');
const answers = (more: Parameters<typeof serve>[0] = {}) => ({
  'GET /api/chat/services': () => services(advice, guardianship),
  [`GET ${CONTACT}`]: () => state(),
  [`GET ${CONTACT}/messages`]: () => ({ messages: [], last: 0 }),
  ...more,
});

async function begin() {
  handOver({ state: state() });
  open();
  await screen.findByRole('log');
}

describe('taking over from the first steps', () => {
  it('goes on with the same conversation: the draft, its caret and the focus stay, and no heading takes it', async () => {
    serve(answers());
    const conversation = handOver({ state: state() }, { place: { tag: 'TEXTAREA', says: '', from: 2, to: 4, window: 0, log: null } });
    conversation.keep('luonnos');
    open();
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Kirjoita viesti' });
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['luonnos', 2, 4]);
    expect(document.activeElement).toBe(field);
    expect(line.opened).toBe(1);
  });

  it('sends a message once, though it was on its way', async () => {
    let answer: (posted: object) => void = () => undefined;
    const seen = serve(answers({ [POST]: () => new Promise((resolve) => (answer = resolve)) }));
    const conversation = handOver({ state: state() });
    conversation.write('matkalla');
    open();
    expect(await screen.findByText('matkalla')).toBeTruthy();
    await line.connect({ state: talking() });
    answer({ n: 1, at: 1, masked: false });
    expect(await screen.findByText('Lähetetty')).toBeTruthy();
    expect(sentTo(seen, POST)).toHaveLength(1);
  });

  it('knows a refusal that the other script made', async () => {
    serve(answers({ [`POST ${CONTACT}/end`]: () => refuse(429, 'busy', 'Odota hetki.') }));
    await begin();
    await user.click(screen.getByRole('button', { name: 'Poistu jonosta' }));
    await user.click(within(screen.getByRole('region')).getByRole('button', { name: 'Poistu jonosta' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Odota hetki.');
  });
});

describe('talking', () => {
  it('shows the place in the queue, and an estimate only when there is one', async () => {
    serve(answers());
    await begin();
    expect(screen.getByText('Paikkasi jonossa: 3')).toBeTruthy();
    expect(screen.queryByText(/odotusaika/)).toBeNull();
    await line.connect({ state: state({ position: 2, estimate_minutes: 4 }) });
    expect(screen.getByText('Arvioitu odotusaika on noin 4 minuuttia.')).toBeTruthy();
  });

  it('marks each message with its own language and shows markup as text', async () => {
    serve(answers());
    await begin();
    await line.connect({ state: talking(), messages: [message(1, { lang: 'sv', text: '<b>Hej</b>' })], last: 1 });
    const text = within(screen.getByRole('log')).getByText('<b>Hej</b>');
    expect(text.getAttribute('lang')).toBe('sv');
  });

  it('masks a personal identity code before it leaves the browser, and says so first', async () => {
    const seen = serve(answers({ [POST]: () => ({ n: 1, at: 1, masked: false }) }));
    await begin();
    await user.type(screen.getByRole('textbox', { name: 'Kirjoita viesti' }), 'olen 010190-999W');
    expect(screen.getByText(/Viestissäsi on henkilötunnus/)).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(sentTo(seen, POST)).toHaveLength(1));
    expect(sentTo(seen, POST)[0]?.body).toMatchObject({ text: 'olen ••••••-••••', lang: 'fi' });
    expect(JSON.stringify(sessionStorage)).not.toContain('010190-999W');
  });

  it('reads out that the adviser writes once for each answer', async () => {
    serve(answers());
    await begin();
    await line.connect({ state: talking() });
    const spoken = () => screen.getAllByRole('status').some((region) => region.textContent === 'Aino kirjoittaa.');
    await line.push({ t: 'typing', contact: 'c_1', who: 'adviser' });
    expect(spoken()).toBe(true);
    await waitFor(() => expect(spoken()).toBe(false), { timeout: 2_000 });
    await line.push({ t: 'typing', contact: 'c_1', who: 'adviser' });
    expect(spoken()).toBe(false);
  });

  it('fetches what it missed when a number is skipped', async () => {
    const missed = [message(2, { text: 'väliin jäänyt' })];
    serve(answers({ [`GET ${CONTACT}/messages`]: ({ query }) => ({ messages: query.get('after') === '1' ? missed : [], last: 3 }) }));
    await begin();
    await line.connect({ state: talking(), messages: [message(1)], last: 1 });
    await line.push({ t: 'message', message: message(3) });
    expect(await screen.findByText('väliin jäänyt')).toBeTruthy();
    const texts = within(screen.getByRole('log')).getAllByText(/viesti \d|väliin/).map((each) => each.textContent);
    expect(texts).toEqual(['viesti 1', 'väliin jäänyt', 'viesti 3']);
  });

  it('refuses a message over the limit in words, and keeps it', async () => {
    serve(answers());
    await begin();
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Kirjoita viesti' });
    await user.click(field);
    await user.paste('a'.repeat(4_001));
    expect(screen.getAllByText('Merkkejä liikaa: 1')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(screen.getByText(/Viesti on liian pitkä/)).toBeTruthy();
    expect(field.value).toHaveLength(4_001);
  });

  it('explains once that the adviser went and the place in the queue is kept', async () => {
    serve(answers());
    await begin();
    await line.connect({ state: talking() });
    await line.push({ t: 'state', state: state({ position: 1 }) });
    expect(screen.getByText(/Pääset jonon alkuun/)).toBeTruthy();
    await line.push({ t: 'state', state: talking() });
    expect(screen.queryByText(/Pääset jonon alkuun/)).toBeNull();
  });

  it('warns before idling out and stays at a word', async () => {
    const seen = serve(answers({ [`POST ${CONTACT}/stay`]: () => talking() }));
    await begin();
    await line.connect({ state: talking() });
    await line.push({ t: 'idle', contact: 'c_1', at: Date.parse('2026-11-23T12:30:00Z') });
    expect(screen.getByRole('alert').textContent).toContain('Keskustelu päättyy klo 14.30');
    await user.click(screen.getByRole('button', { name: 'Olen vielä täällä' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(sentTo(seen, `POST ${CONTACT}/stay`)).toHaveLength(1);
  });

  it('tells that the line is broken, and shows nothing of a short hiccup', async () => {
    serve(answers());
    await begin();
    await line.connect({ state: talking() });
    await line.state('broken');
    expect(screen.queryByText(/Yhteys katkesi/)).toBeNull();
    expect(await screen.findByText(/Yhteys katkesi/, {}, { timeout: 3_000 })).toBeTruthy();
  });
});

describe('resuming after a reload', () => {
  const kept: Partial<Saved> = { last: 1, pending: [{ clientId: 'id-of-mine', text: 'moi', lang: 'fi', kind: 'reply', at: 1 }] };

  it('sends what was not acknowledged under the same id and shows it once', async () => {
    const seen = serve(answers({ [POST]: () => ({ n: 2, at: 2, masked: false }) }));
    handOver(kept);
    open();
    await waitFor(() => expect(line.opened).toBe(1));
    expect(line.greeting()).toMatchObject({ contact: 'c_1', token: 'tok', after: 0 });
    const mine = message(2, { from: 'citizen', text: 'moi', client_id: 'id-of-mine' });
    await line.connect({ state: talking({ last: 2 }), messages: [message(1), mine], last: 2 });
    expect(sentTo(seen, POST)[0]?.body).toMatchObject({ client_id: 'id-of-mine' });
    expect(screen.getAllByText('moi')).toHaveLength(1);
  });

  it('says so when the contact is not there any more, and forgets it', async () => {
    serve(answers({ [`GET ${CONTACT}`]: () => refuse(410, 'gone', 'Hävitetty.'), [POST]: offline }));
    handOver(kept);
    open();
    expect(await screen.findByRole('heading', { name: 'Keskustelua ei voi enää jatkaa' })).toBeTruthy();
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('ending', () => {
  const closed = talking({ status: 'closed', reference: 'KN-4F7Q', closed_reason: 'citizen' });

  it('asks once more in place, then gives the reference code', async () => {
    serve(answers({ [`POST ${CONTACT}/end`]: () => closed }));
    await begin();
    await line.connect({ state: talking() });
    await user.click(screen.getByRole('button', { name: 'Lopeta keskustelu' }));
    const sure = screen.getByRole('region', { name: 'Haluatko lopettaa keskustelun?' });
    await user.click(within(sure).getByRole('button', { name: 'Lopeta keskustelu' }));
    expect(await screen.findByText('KN-4F7Q')).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Keskustelu on päättynyt');
  });

  it('leaves nothing on a shared computer', async () => {
    serve(answers({ [`POST ${CONTACT}/end`]: () => closed, [POST]: offline }));
    await begin();
    await line.connect({ state: talking() });
    await user.type(screen.getByRole('textbox', { name: 'Kirjoita viesti' }), 'salaista');
    await user.click(screen.getByRole('button', { name: 'Lopeta keskustelu' }));
    await user.click(screen.getByRole('button', { name: /Lopeta ja tyhjennä/ }));
    expect(await screen.findByRole('heading', { name: 'Tiedot on tyhjennetty' })).toBeTruthy();
    await vi.waitFor(() => expect(sessionStorage).toHaveLength(0));
    expect(line.closed).toBeGreaterThan(0);
  });

  it('goes on when the adviser reopens it', async () => {
    serve(answers());
    await begin();
    await line.connect({ state: { ...closed, reopen_until: Date.now() + 1_000 } });
    expect(screen.getByText('KN-4F7Q')).toBeTruthy();
    await line.push({ t: 'state', state: talking() });
    expect(screen.getByRole('textbox', { name: 'Kirjoita viesti' })).toBeTruthy();
  });
});
