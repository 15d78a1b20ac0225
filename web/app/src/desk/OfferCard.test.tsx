import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Board } from '../api/shapes';
import { AT, board, me, options, view } from '../fake/desk';
import { FakeLine } from '../fake/line';
import { type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import DeskPage from './DeskPage';

const user = userEvent.setup();
const offer: Board['offer'] = { contact: 'c_1', service: 'citizens-advice', lang: 'sv', topic: 'moving', since: AT - 65_000, until: AT + 30_000 };
const is = (presence: Board['me']['presence'], part: Partial<Board> = {}) => board({ me: { id: 's_1', presence, load: 1, capacity: 3 }, ...part });
let line: FakeLine;
let seen: Seen[];
let now: Board;

async function open() {
  seen = serve({
    'GET /api/staff/me': () => me(),
    'GET /api/desk/options': () => options,
    'GET /api/desk/board': () => now,
    'POST /api/desk/presence': () => undefined,
    'POST /api/desk/contacts/c_1/take': () => ({ contact: 'c_1' }),
    'GET /api/desk/contacts/c_1': () => view('c_1'),
    'GET /api/desk/services/citizens-advice/answers': () => ({ answers: [], values: {}, adviser: false, variables: [] }),
  });
  show(<DeskPage openLine={line.open} />, 'staff');
  await screen.findByRole('group', { name: 'Oma tila' });
}

const pushed = (next: Board) => {
  now = next;
  return line.push({ t: 'board', board: next });
};

beforeEach(() => {
  at('/desk');
  line = new FakeLine();
  now = is('present');
});

describe('an offer', () => {
  it('is told aloud and in the title, and taken', async () => {
    await open();
    await line.connect();
    await act(() => pushed(is('present', { offer })));
    const alert = await screen.findByRole('heading', { name: 'Sinulle tarjotaan yhteydenottoa' });
    expect(alert.closest('[role=alert]')?.textContent).toContain('Kansalaisneuvonta, ruotsi. Odottanut 1 min. Muuttaminen.');
    expect(document.title).toContain('Sinulle tarjotaan yhteydenottoa');
    await user.click(screen.getByRole('button', { name: 'Ota yhteydenotto' }));
    expect(sentTo(seen, 'POST /api/desk/contacts/c_1/take')).toHaveLength(1);
  });

  it('can be declined, and says what that means', async () => {
    now = is('present', { offer });
    await open();
    await screen.findByRole('button', { name: 'Ota yhteydenotto' });
    now = is('busy');
    await user.click(screen.getByRole('button', { name: 'En voi ottaa nyt' }));
    expect(sentTo(seen, 'POST /api/desk/presence')[0]?.body).toEqual({ state: 'busy' });
    expect(await screen.findByText(/Tilasi on nyt varattu/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ota yhteydenotto' })).toBeNull();
  });

  it('that passes says why one is away, until one is back', async () => {
    now = is('present', { offer });
    await open();
    await line.connect();
    await act(() => pushed(is('away')));
    expect(await screen.findByText(/siirtyi seuraavalle/)).toBeTruthy();
    await act(() => pushed(is('present')));
    expect(screen.queryByText(/siirtyi seuraavalle/)).toBeNull();
  });
});
