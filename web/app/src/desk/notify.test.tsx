import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { message } from '../fake/chat';
import { board, me, mine, options, view } from '../fake/desk';
import { FakeLine } from '../fake/line';
import { serve } from '../fake/server';
import { at, show } from '../fake/show';
import { chime } from '../live/chime';
import DeskPage from './DeskPage';

vi.mock('../live/chime', () => ({ chime: vi.fn() }));

const A = 'c_01AAAA';
const user = userEvent.setup();
let line: FakeLine;
let shown: { title: string; options: NotificationOptions }[];

function stubNotification(answer: NotificationPermission) {
  shown = [];
  function Fake(title: string, options: NotificationOptions) {
    shown.push({ title, options });
  }
  const state = { permission: 'default' };
  const asked = vi.fn(() => {
    state.permission = answer;
    return Promise.resolve(answer);
  });
  const fake = Object.defineProperty(Object.assign(Fake, { requestPermission: asked }), 'permission', { get: () => state.permission });
  vi.stubGlobal('Notification', fake);
  return asked;
}

async function open() {
  serve({
    'GET /api/staff/me': () => me(),
    'GET /api/desk/options': () => options,
    'GET /api/desk/board': () => board({ mine: [mine(A)] }),
    [`GET /api/desk/contacts/${A}`]: () => view(A),
  });
  show(<DeskPage openLine={line.open} />, 'staff');
  await user.click(await screen.findByRole('button', { name: 'Ilmoitukset' }));
}
const hears = (n: number) => line.push({ t: 'message', contact: A, message: message(n, { contact: A, from: 'citizen', text: 'salaista' }) });
const focused = (on: boolean) => vi.spyOn(document, 'hasFocus').mockReturnValue(on);
const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });

beforeEach(() => {
  at('/desk');
  localStorage.clear();
  vi.mocked(chime).mockClear();
  line = new FakeLine();
});
afterEach(() => vi.unstubAllGlobals());

describe('notifications', () => {
  it('are off until they are chosen, and nothing is asked before', async () => {
    const asked = stubNotification('granted');
    focused(false);
    await open();
    await hears(2);
    expect(asked).not.toHaveBeenCalled();
    expect(chime).not.toHaveBeenCalled();
    expect(shown).toEqual([]);
  });

  it('tell on the desktop of which service, and of nothing else', async () => {
    stubNotification('granted');
    focused(false);
    await open();
    await user.click(box('Työpöytäilmoitus uudesta viestistä ja tarjotusta yhteydenotosta'));
    await waitFor(() => expect(box('Työpöytäilmoitus uudesta viestistä ja tarjotusta yhteydenotosta').checked).toBe(true));
    await hears(2);
    expect(shown).toEqual([{ title: 'Uusi viesti', options: { body: 'Kansalaisneuvonta', tag: 'luukku', silent: true } }]);
    expect(JSON.stringify(Object.entries(localStorage))).not.toMatch(/salaista|AAAA|Aino/);
  });

  it('stay silent about what is before one’s eyes', async () => {
    stubNotification('granted');
    await open();
    await user.click(box('Merkkiääni uudesta viestistä ja tarjotusta yhteydenotosta'));
    expect(chime).toHaveBeenCalledTimes(1);
    focused(true);
    await hears(2);
    expect(chime).toHaveBeenCalledTimes(2);
    await user.click(screen.getByRole('button', { name: /Yhteydenotto AAAA/ }));
    await screen.findByRole('log');
    await hears(3);
    expect(chime).toHaveBeenCalledTimes(2);
    expect(shown).toEqual([]);
  });

  it('say where to allow them when the browser refuses', async () => {
    stubNotification('denied');
    await open();
    await user.click(box('Työpöytäilmoitus uudesta viestistä ja tarjotusta yhteydenotosta'));
    expect(await screen.findByText(/Selain estää ilmoitukset/)).toBeTruthy();
    expect(box('Työpöytäilmoitus uudesta viestistä ja tarjotusta yhteydenotosta').checked).toBe(false);
  });
});
