import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { message } from '../fake/chat';
import type { Board } from '../api/shapes';
import { AT, board, handover, me, mine, options, view } from '../fake/desk';
import { FakeLine } from '../fake/line';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import DeskPage from './DeskPage';

const A = 'c_01AAAA';
const B = 'c_01BBBB';
const POST = (contact: string) => `POST /api/desk/contacts/${contact}/messages`;
const user = userEvent.setup();
let line: FakeLine;
let seen: Seen[];
let theBoard: Board = board();

function open(more: Parameters<typeof serve>[0] = {}) {
  const opens = Object.fromEntries<() => unknown>(
    [A, B].flatMap((contact): [string, () => unknown][] => [
      [`GET /api/desk/contacts/${contact}`, () => view(contact)],
      [`GET /api/desk/contacts/${contact}/messages`, () => ({ messages: [], last: 1 })],
      [POST(contact), () => ({ n: 2, at: AT, masked: false })],
    ]),
  );
  seen = serve({
    'GET /api/staff/me': () => me(),
    'GET /api/desk/options': () => options,
    'GET /api/desk/board': () => theBoard,
    'GET /api/desk/elsewhere': () => ({ services: [] }),
    ...opens,
    ...more,
  });
  show(<DeskPage openLine={line.open} />, 'staff');
}

const log = () => screen.getByRole('log');
const writer = (name = 'Vastaus asiakkaalle') => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const pick = async (name: RegExp) => user.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  at('/desk');
  line = new FakeLine();
  theBoard = board({ mine: [mine(A), mine(B, { lang: 'sv', unread: 2 })] });
});

describe('the desk', () => {
  it('tells what is mine in words: unread, language, that the citizen left', async () => {
    theBoard = board({ mine: [mine(A, { unread: 2 }), mine(B, { citizen_present: false })] });
    open();
    expect(await screen.findByRole('button', { name: /Yhteydenotto AAAA.*2 uutta/s })).toBeTruthy();
    expect(screen.getByRole('button', { name: /BBBB.*asiakas poistui/s })).toBeTruthy();
  });

  it('takes the longest waiting by one key and opens it', async () => {
    theBoard = board();
    open({ 'POST /api/desk/take': () => { theBoard = board({ mine: [mine(A)] }); return { contact: A }; } });
    await screen.findByText('Valitse yhteydenotto');
    await user.keyboard('{Alt>}n{/Alt}');
    expect(await within(await screen.findByRole('log')).findByText(`kysymys ${A}`)).toBeTruthy();
  });

  it('says why nobody was taken', async () => {
    open({ 'POST /api/desk/take': () => refuse(404, 'not_found', 'Jonossa ei ole ketään.') });
    await pick(/^Ota seuraava$/);
    expect((await screen.findByText(/Jonossa ei ole ketään\./)).closest('[role="alert"]')).toBeTruthy();
  });

  it('takes one picked from a long queue', async () => {
    const waiting = Array.from({ length: 10_000 }, (_, i) => ({ contact: i === 1 ? B : `c_q${i}`, since: AT - 60_000 * (5 - i) }));
    theBoard = board({ queues: [{ service: 'citizens-advice', name: 'Kansalaisneuvonta', language: 'sv', waiting: 10_000, longest_wait_s: 300, open: true, contacts: waiting }] });
    open({ [`POST /api/desk/contacts/${B}/take`]: () => ({ contact: B }) });
    await pick(/Näytä odottavat/);
    await pick(/Ota: odottanut 4 min/);
    expect(await screen.findByText(`kysymys ${B}`)).toBeTruthy();
  });

  it('keeps a draft for each contact and each kind of message', async () => {
    open();
    await pick(/AAAA/);
    await user.type(await screen.findByRole('textbox', { name: 'Vastaus asiakkaalle' }), 'vastaus A:lle');
    await user.keyboard('{Alt>}i{/Alt}');
    await user.type(writer('Sisäinen muistiinpano'), 'muistiin');
    await pick(/BBBB/);
    await waitFor(() => expect(writer().value).toBe(''));
    await pick(/AAAA/);
    await waitFor(() => expect(writer('Sisäinen muistiinpano').value).toBe('muistiin'));
    await user.keyboard('{Alt>}r{/Alt}');
    expect(writer().value).toBe('vastaus A:lle');
  });

  it('sends a reply masked, and a note as a note', async () => {
    open();
    await pick(/AAAA/);
    await user.type(await screen.findByRole('textbox', { name: 'Vastaus asiakkaalle' }), 'tunnus 010190-999W{Enter}');
    await waitFor(() => expect(sentTo(seen, POST(A))).toHaveLength(1));
    expect(sentTo(seen, POST(A))[0]?.body).toMatchObject({ text: 'tunnus ••••••-••••', kind: 'reply', lang: 'fi' });
    await user.click(screen.getByRole('button', { name: 'Sisäinen muistiinpano' }));
    await user.type(writer('Sisäinen muistiinpano'), 'soitetaan{Enter}');
    await waitFor(() => expect(sentTo(seen, POST(A))[1]?.body).toMatchObject({ kind: 'note' }));
  });

  it('shows what is pushed, says aloud what comes to another contact, and tells what was seen', async () => {
    open();
    await pick(/AAAA/);
    await screen.findByRole('log');
    await line.connect({ board: theBoard });
    await line.push({ t: 'message', contact: A, message: message(2, { contact: A, from: 'citizen', text: 'lisää' }) });
    expect(within(log()).getByText('lisää')).toBeTruthy();
    await line.push({ t: 'message', contact: B, message: message(9, { contact: B, from: 'citizen', text: 'muualla' }) });
    expect(screen.getByText('Uusi viesti: Yhteydenotto BBBB')).toBeTruthy();
    expect(screen.queryByText('muualla')).toBeNull();
    expect(line.told).toContainEqual({ method: 'seen', call: { contact: A, n: 2 } });
  });

  it('asks after what it has when the line comes back', async () => {
    open();
    await pick(/AAAA/);
    await screen.findByRole('log');
    expect(line.greeting()).toMatchObject({ after: { [A]: 1 } });
  });

  it('passes on in place, and nothing of the contact stays', async () => {
    open({ [`POST /api/desk/contacts/${A}/pass`]: () => { theBoard = board(); return undefined; } });
    await pick(/AAAA/);
    await pick(/Ohjaa…/);
    const form = await screen.findByRole('form', { name: 'Ohjaa toiselle' });
    await user.type(within(form).getByRole('textbox', { name: /Viesti seuraavalle/ }), 'jatka tästä');
    await user.selectOptions(within(form).getByRole('combobox', { name: 'Miten' }), 'ohjaa heti');
    await user.click(within(form).getByRole('button', { name: 'Ohjaa' }));
    await waitFor(() => expect(screen.queryByRole('log')).toBeNull());
    expect(sentTo(seen, `POST /api/desk/contacts/${A}/pass`)[0]?.body).toEqual({ to_adviser: 's_2', ask: false, note: 'jatka tästä' });
  });

  it('asks a colleague first, keeps the contact meanwhile, and can take the question back', async () => {
    const asked = handover({ contact: A, from: { id: 's_1', name: 'Aino' }, to: { id: 's_2', name: 'Pekka Malli' } });
    open({
      [`POST /api/desk/contacts/${A}/pass`]: () => { theBoard = { ...theBoard, handovers: [asked] }; return undefined; },
      [`DELETE /api/desk/contacts/${A}/handover`]: () => { theBoard = { ...theBoard, handovers: [] }; return undefined; },
    });
    await pick(/AAAA/);
    await user.keyboard('{Alt>}p{/Alt}');
    const form = await screen.findByRole('form', { name: 'Ohjaa toiselle' });
    await user.selectOptions(within(form).getByRole('combobox', { name: 'Syy' }), 'asiakkaan kieli');
    await user.click(within(form).getByRole('button', { name: 'Pyydä' }));
    expect(await screen.findByText('Odotat vastausta: Pekka Malli. Yhteydenotto on sinulla siihen asti.')).toBeTruthy();
    expect(sentTo(seen, `POST /api/desk/contacts/${A}/pass`)[0]?.body).toEqual({ to_adviser: 's_2', ask: true, reason: 'language' });
    expect(screen.getByRole('textbox', { name: 'Vastaus asiakkaalle' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Peru pyyntö' }));
    await waitFor(() => expect(screen.queryByText(/Odotat vastausta/)).toBeNull());
  });

  it('takes what a colleague asks about by keys, and reads nothing of it before', async () => {
    const C = 'c_0000cccc';
    const asks = handover({ contact: C, lang: 'en', from: { id: 's_2', name: 'Pekka Malli' }, to: { id: 's_1', name: 'Aino' }, reason: 'language' });
    open({
      [`POST /api/desk/contacts/${C}/handover`]: () => undefined,
      [`GET /api/desk/contacts/${C}`]: () => view(C, { messages: [message(1, { contact: C, from: 'citizen', text: 'min fråga' })] }),
    });
    await screen.findByRole('button', { name: /AAAA/ });
    await line.push({ t: 'board', board: { ...theBoard, handovers: [asks] } });
    expect(screen.getByText('Pekka Malli pyytää sinua ottamaan yhteydenoton.')).toBeTruthy();
    expect(screen.getByText('Kansalaisneuvonta · englanti')).toBeTruthy();
    expect(screen.getByText('Syy: asiakkaan kieli')).toBeTruthy();
    expect(screen.getByText('Kollega pyytää sinua ottamaan yhteydenoton: Yhteydenotto CCCC')).toBeTruthy();
    expect(seen.filter(({ path }) => path.includes(C))).toEqual([]);
    await user.keyboard('{Alt>}y{/Alt}');
    expect(await screen.findByText('min fråga')).toBeTruthy();
  });

  it('closes with topic and outcome, and offers no abusive outcome there', async () => {
    open({ [`POST /api/desk/contacts/${A}/close`]: () => undefined });
    await pick(/AAAA/);
    await user.keyboard('{Alt>}c{/Alt}');
    const form = await screen.findByRole('form', { name: 'Päätä yhteydenotto' });
    expect(within(form).queryByRole('option', { name: 'asiaton' })).toBeNull();
    await user.click(within(form).getByRole('button', { name: 'Päätä' }));
    await waitFor(() =>
      expect(sentTo(seen, `POST /api/desk/contacts/${A}/close`)[0]?.body).toEqual({ topic: 'moving', outcome: 'answered' }),
    );
  });

  it('says once, at the field, that a topic is missing', async () => {
    const missing = refuse(422, 'invalid', 'Valitse aihe.', { key: 'topic-required', field: 'topic' });
    open({ [`POST /api/desk/contacts/${A}/close`]: () => missing });
    await pick(/AAAA/);
    await user.keyboard('{Alt>}c{/Alt}');
    await user.click(within(await screen.findByRole('form')).getByRole('button', { name: 'Päätä' }));
    expect(await screen.findAllByText('Valitse aihe.')).toHaveLength(1);
    // The place where an offered contact is told stays, and is empty.
    expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual(['']);
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Aihe', description: 'Valitse aihe.' }));
  });

  it('counts no unread messages of a contact that is closed', async () => {
    theBoard = board({ mine: [mine(A, { status: 'closed', unread: 1 })] });
    open();
    expect(await screen.findByRole('button', { name: /AAAA.*päätetty/s })).toBeTruthy();
    expect(screen.queryByText('1 uusi')).toBeNull();
  });

  it('drops a contact that was taken away, and says so', async () => {
    open();
    await pick(/AAAA/);
    await screen.findByRole('log');
    await line.connect({ board: theBoard });
    await line.push({ t: 'notice', contact: A, notice: 'contact_passed' });
    expect(screen.queryByRole('log')).toBeNull();
    expect(screen.getByText('Yhteydenotto AAAA ei ole enää sinulla.')).toBeTruthy();
  });

  it('does not drop a contact because an older board does not have it yet', async () => {
    open();
    await pick(/AAAA/);
    await screen.findByRole('log');
    await line.connect({ board: board() });
    await waitFor(() => expect(sentTo(seen, `GET /api/desk/contacts/${A}`).length).toBeGreaterThan(1));
    expect(log()).toBeTruthy();
  });

  it('offers reopening and no writing once a contact is closed', async () => {
    open({ [`GET /api/desk/contacts/${A}`]: () => view(A, { status: 'closed', actions: ['reopen'], reopen_until: AT }) });
    await pick(/AAAA/);
    expect(await screen.findByRole('button', { name: 'Avaa uudelleen' })).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('takes a note, and no reply, on a closed contact that allows one', async () => {
    open({ [`GET /api/desk/contacts/${A}`]: () => view(A, { status: 'closed', actions: ['note'] }) });
    await pick(/AAAA/);
    await user.type(await screen.findByRole('textbox', { name: 'Sisäinen muistiinpano' }), 'jälkikäteen{Enter}');
    await waitFor(() => expect(sentTo(seen, POST(A))[0]?.body).toMatchObject({ kind: 'note' }));
    expect(screen.queryByRole('button', { name: 'Vastaus asiakkaalle' })).toBeNull();
  });

  it('tells that the citizen left, in the head and aloud, and that they came back', async () => {
    open();
    await pick(/AAAA/);
    await screen.findByText('asiakas on paikalla');
    await line.connect({ board: theBoard });
    const event = (n: number, what: 'citizen_left' | 'citizen_back') =>
      line.push({ t: 'message', contact: A, message: message(n, { contact: A, from: 'event', event: what, text: '' }) });
    await event(2, 'citizen_left');
    expect(screen.getByText('asiakas on poistunut')).toBeTruthy();
    expect(screen.getByText('Asiakas poistui: Yhteydenotto AAAA')).toBeTruthy();
    await event(3, 'citizen_back');
    expect(screen.getByText('asiakas on paikalla')).toBeTruthy();
  });

  it('opens the help by a question mark, unless one is writing or has switched it off', async () => {
    open();
    await pick(/AAAA/);
    await user.type(await screen.findByRole('textbox', { name: 'Vastaus asiakkaalle' }), '?');
    expect(screen.queryByRole('heading', { name: 'Näppäinohje' })).toBeNull();
    log().focus();
    await user.keyboard('?');
    expect(screen.getByRole('heading', { name: 'Näppäinohje' })).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: /Kysymysmerkki/ }));
    await user.click(screen.getByRole('button', { name: 'Sulje ohje' }));
    log().focus();
    await user.keyboard('?');
    expect(screen.queryByRole('heading', { name: 'Näppäinohje' })).toBeNull();
  });

  it('tells at its field, once, what a search was refused for', async () => {
    const told = 'Viitetunnuksessa on virhe.';
    open({ 'POST /api/desk/search': () => refuse(422, 'invalid', told, { field: 'value' }) });
    await pick(/Aiemmat yhteydenotot/);
    const value = await screen.findByRole('textbox', { name: 'Haettava tieto' });
    await user.type(value, 'KN');
    await user.click(screen.getByRole('button', { name: 'Hae' }));
    await waitFor(() => expect(document.activeElement).toBe(value));
    expect(screen.getAllByText(told)).toHaveLength(1);
  });

  it('searches earlier contacts under a purpose with a reason, and opens one under the same', async () => {
    const found = { contact: B, service: 'citizens-advice', name: 'Kansalaisneuvonta', status: 'settled', opened_at: AT };
    open({
      'POST /api/desk/search': () => ({ contacts: [found] }),
      [`POST /api/desk/contacts/${B}/read`]: () => view(B, { mine: false, actions: [] }),
    });
    await pick(/Aiemmat yhteydenotot/);
    await user.type(await screen.findByRole('textbox', { name: 'Haettava tieto' }), 'KN-4F7Q');
    await user.type(screen.getByRole('textbox', { name: 'Perustelu' }), 'palasi asiaan');
    await user.click(screen.getByRole('button', { name: 'Hae' }));
    await pick(/^Avaa 23.11.2026/);
    expect(await screen.findByText(`kysymys ${B}`)).toBeTruthy();
    const record = { purpose: 'return', reason: 'palasi asiaan' };
    expect(sentTo(seen, 'POST /api/desk/search')[0]?.body).toEqual({ by: 'reference', value: 'KN-4F7Q', ...record });
    expect(sentTo(seen, `POST /api/desk/contacts/${B}/read`)[0]?.body).toEqual(record);
  });
});
