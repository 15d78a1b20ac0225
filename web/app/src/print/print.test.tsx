import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Printout } from '../api/shapes';
import DeskPage from '../desk/DeskPage';
import { AT, board, me, mine, options, view } from '../fake/desk';
import { FakeLine } from '../fake/line';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import PrintoutsPage from './PrintoutsPage';

const user = userEvent.setup();
const PRINT = 'POST /api/desk/contacts/c_1/printouts';
const END = 'POST /api/printouts/pr_1/destroyed';
let seen: Seen[];

const line = (part: Partial<Printout> = {}): Printout => ({
  id: 'pr_1', number: 7, case_number: 'VN/1234/2026', service: { id: 'citizens-advice', name: 'Kansalaisneuvonta' }, purpose: 'kysymykseesi vastaaminen',
  by: { id: 's_1', name: 'Aino Esimerkki' }, made_at: AT, destroy_by: '2026-12-06', state: 'out', may_end: true, ...part,
});

async function openDesk(answer: () => unknown) {
  at('/desk');
  seen = serve({
    'GET /api/staff/me': () => me(),
    'GET /api/desk/options': () => ({ ...options, services: options.services.map((one) => ({ ...one, prints: true })) }),
    'GET /api/desk/board': () => board({ mine: [mine('c_1')] }),
    'GET /api/desk/contacts/c_1': () => view('c_1', { printing: { destroy_by: '2026-12-06', length: '14 päivää' } }),
    'GET /api/desk/services/citizens-advice/answers': () => ({ answers: [], values: {}, adviser: false, variables: [] }),
    'GET /api/printouts/due': () => ({ overdue: 2, today: 1 }),
    [PRINT]: answer,
  });
  show(<DeskPage openLine={new FakeLine().open} />, 'staff');
  await user.click(await screen.findByRole('button', { name: /Kansalaisneuvonta/ }));
  await user.click(await screen.findByRole('button', { name: 'Tulosta selvitystä varten…' }));
}

const number = () => screen.getByLabelText('Asianumero');

const fill = async (text: string, reason = 'asiakas kiistää neuvon') => {
  await user.clear(number());
  if (text) await user.type(number(), text);
  if (reason) await user.type(screen.getByLabelText('Perustelu'), reason);
  await user.click(screen.getByRole('button', { name: 'Ota tuloste' }));
};

describe('printing for a clarification', () => {
  it('wants a case number, and does not send a personal identity code', async () => {
    await openDesk(() => ({ id: 'pr_1', number: 7, destroy_by: '2026-12-06' }));
    await fill('', '');
    expect(document.activeElement).toBe(number());
    expect(number().getAttribute('aria-invalid')).toBe('true');
    await fill('VN/131052-308T');
    screen.getByText(/henkilötunnus\. Sitä ei lähetetty/);
    expect(sentTo(seen, PRINT)).toHaveLength(0);
  });

  it('tells at the field what the server refuses', async () => {
    await openDesk(() => refuse(422, 'invalid', 'Anna asianumero.', { field: 'case_number', key: 'case-number-form' }));
    await fill('abc');
    await screen.findByText('Anna asianumero.');
    expect(document.activeElement).toBe(number());
  });

  it('makes a printout for the purpose in hand, and opens its page by a form of its own', async () => {
    await openDesk(() => ({ id: 'pr_1', number: 7, destroy_by: '2026-12-06' }));
    await fill(' VN/1234/2026 ');
    const form = await screen.findByRole('form', { name: 'Tuloste 7 on valmis' });
    expect(sentTo(seen, PRINT)[0]?.body).toEqual({ case_number: 'VN/1234/2026', purpose: 'answer', reason: 'asiakas kiistää neuvon' });
    expect(form.getAttribute('action')).toBe('/mallila/printouts/pr_1?lang=fi');
    expect(form.getAttribute('method')).toBe('post');
    expect(form.getAttribute('target')).toBe('_blank');
    within(form).getByText(/6\.12\.2026/);
    await user.click(within(form).getByRole('button', { name: 'Palaa keskusteluun' }));
    expect(screen.queryByRole('form', { name: 'Tuloste 7 on valmis' })).toBeNull();
  });

  it('warns of what is late', async () => {
    await openDesk(() => undefined);
    await screen.findByText('Hävittämättä määräajan jälkeen: 2');
    screen.getByText('Hävitettävä tänään: 1');
  });
});

describe('the list of printouts', () => {
  let lines: Printout[];
  const open = (end: () => unknown = () => undefined) => {
    at('/desk/printouts');
    seen = serve({
      'GET /api/staff/me': () => me(),
      'GET /api/printouts': () => ({ printouts: lines, more: false, keep: 'Säilytämme tiedot enintään kolme kuukautta.' }),
      [END]: end,
    });
    show(<PrintoutsPage />, 'staff');
  };
  beforeEach(() => {
    lines = [line()];
  });

  it('says when there is nothing', async () => {
    lines = [];
    open();
    await screen.findByText('Tulosteita ei ole.');
  });

  it('asks once more before a paper is marked as destroyed', async () => {
    open(() => {
      lines = [line({ state: 'destroyed', may_end: false, destroyed_at: AT, destroyed_by: { id: 's_1', name: 'Aino Esimerkki' } })];
      return undefined;
    });
    await user.click(await screen.findByRole('button', { name: 'Merkitse hävitetyksi: tuloste 7' }));
    await user.keyboard('{Escape}');
    expect(sentTo(seen, END)).toHaveLength(0);
    await user.click(await screen.findByRole('button', { name: 'Merkitse hävitetyksi: tuloste 7' }));
    await user.click(await screen.findByRole('button', { name: 'Kyllä, se on hävitetty: tuloste 7' }));
    await screen.findByText('Tuloste 7 on merkitty hävitetyksi.');
    await screen.findByRole('cell', { name: /^hävitetty .*Aino/ });
  });

  it('tells that somebody else was first, and loads anew', async () => {
    open(() => refuse(409, 'conflict', 'Tuloste on jo merkitty hävitetyksi.'));
    await user.click(await screen.findByRole('button', { name: 'Merkitse hävitetyksi: tuloste 7' }));
    await user.click(await screen.findByRole('button', { name: 'Kyllä, se on hävitetty: tuloste 7' }));
    await screen.findByText('Tuloste on jo merkitty hävitetyksi.');
    await user.click(screen.getByRole('button', { name: 'Yritä uudelleen' }));
    expect(sentTo(seen, 'GET /api/printouts')).toHaveLength(2);
  });
});
