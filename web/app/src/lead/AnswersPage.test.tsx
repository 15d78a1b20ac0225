import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Answers } from '../api/shapes';
import { AT, me } from '../fake/desk';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import { faultsOf, emptyAnswer, listed } from './answers';
import AnswersPage from './AnswersPage';

const user = userEvent.setup();
let seen: Seen[];

const answer = (part: Partial<Answer> = {}): Answer => ({
  id: 'a_1', version: 2, at: AT, name: 'Tervehdys', shortcut: 'hei', services: [], text: { fi: 'Hei!', sv: 'Hej!', en: '' },
  missing: ['en'], review: '2026-11-01', overdue: true, mine: true, ...part,
});
const passport = answer({ id: 'a_2', name: 'Passi', shortcut: '', services: ['citizens-advice'], review: '', overdue: false, missing: [], mine: false, text: { fi: 'Poliisi', sv: 'Polisen', en: 'Police' } });
const old = answer({ id: 'a_3', name: 'Vanha', archived_at: AT, overdue: false });

const all = (part: Partial<Answers> = {}): Answers => ({
  answers: [answer(), passport, old],
  services: [{ id: 'citizens-advice', name: 'Kansalaisneuvonta' }, { id: 'guardianship-chat', name: 'Edunvalvonta' }],
  variables: ['service', 'opens_at'], all: true, led: ['citizens-advice', 'guardianship-chat'], ...part,
});

function open(more: Parameters<typeof serve>[0] = {}) {
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'lead' }] }),
    'GET /api/lead/answers': () => all(),
    'POST /api/lead/answers': () => answer({ version: 1, name: 'Uusi' }),
    'PUT /api/lead/answers/a_1': () => answer({ version: 3 }),
    'PUT /api/lead/answers/a_1/archive': () => answer({ archived_at: AT }),
    'GET /api/lead/answers/a_1': () => ({ versions: [answer(), answer({ version: 1, text: { fi: 'Moi!', sv: '', en: '' } })] }),
    'POST /api/lead/answers/a_1/revert': () => answer({ version: 3 }),
    ...more,
  });
  show(<AnswersPage />, 'staff');
}
const press = async (name: string | RegExp) => user.click(await screen.findByRole('button', { name }));
const body = (operation: string) => sentTo(seen, operation)[0]?.body;

beforeEach(() => at('/lead/answers'));

it('of two who change an answer the second sees what the first has changed, and saves over it', async () => {
  const theirs = { line: 'l_1', kind: 'answer', id: 'a_1', name: 'Tervehdys', part: 'content', version: 3, newest: true, at: AT, by: { id: 's_1', name: 'Anna Esimerkki' }, differences: [{ field: 'text', item: '', lang: 'fi', before: 'Hei!', after: 'Terve!' }], restored: -1, restorable: true };
  open({
    'PUT /api/lead/answers/a_1': ({ body: sent }) => ((sent as { base: number }).base === 3 ? answer({ version: 4 }) : refuse(409, 'conflict', 'Joku muu on muuttanut.', { key: 'answer-changed' })),
    'GET /api/settings/changes': () => ({ changes: [theirs] }),
  });
  await press(/^Muokkaa.*Tervehdys/);
  const name = screen.getByRole<HTMLInputElement>('textbox', { name: /^Nimi/ });
  await user.clear(name);
  await user.type(name, 'Alku');
  await press('Tallenna');
  expect(await screen.findByText(/^Anna Esimerkki, /)).toBeTruthy();
  expect(name.value).toBe('Alku');
  await press('Tallenna');
  await waitFor(() => expect(sentTo(seen, 'PUT /api/lead/answers/a_1').map(({ body: sent }) => (sent as { base: number }).base)).toEqual([2, 3]));
});

describe('the list of ready answers', () => {
  it('tells languages that are missing and reviews that are due, and finds by text', async () => {
    open();
    const row = (await screen.findByRole('rowheader', { name: 'Tervehdys' })).closest('tr')!;
    expect(row.textContent).toContain('puuttuu: englanti');
    expect(row.textContent).toContain('tarkistuspäivä ohitettu');
    expect(screen.getByText('Tarkistuspäivä on ohitettu: 1')).toBeTruthy();
    expect(screen.queryByText('Vanha')).toBeNull();
    await user.type(screen.getByRole('searchbox'), 'police');
    expect(screen.queryByRole('rowheader', { name: 'Tervehdys' })).toBeNull();
    expect(screen.getByRole('rowheader', { name: 'Passi' })).toBeTruthy();
  });

  it('offers no change of what others lead, but its versions', async () => {
    open();
    const row = (await screen.findByRole('rowheader', { name: 'Passi' })).closest('tr')!;
    expect(within(row).getAllByRole('button').map((each) => each.textContent)).toEqual(['Versiot']);
  });

  it('keeps archived ones apart, and restores', async () => {
    open();
    await press('Poista käytöstä: Tervehdys');
    expect(await screen.findByText('Tervehdys on poistettu käytöstä.')).toBeTruthy();
    expect(body('PUT /api/lead/answers/a_1/archive')).toEqual({ archived: true });
    await user.selectOptions(screen.getByLabelText('Näytä'), 'käytöstä poistetut');
    expect(screen.getByRole('button', { name: 'Palauta käyttöön: Vanha' })).toBeTruthy();
    expect(listed(all().answers, 'overdue', '').map(({ id }) => id)).toEqual(['a_1']);
  });
});

describe('writing an answer', () => {
  it('wants a name and a text, and names an unknown variable', async () => {
    open();
    await press('Uusi vastauspohja');
    await press('Tallenna');
    expect(screen.getByRole('group', { name: /Tarkista/ }).textContent).toContain('Kirjoita vastaus ainakin yhdellä kielellä.');
    await user.type(screen.getByRole('textbox', { name: 'ruotsi' }), 'Hej {{namn}');
    await press('Tallenna');
    expect(screen.getAllByText(/Muuttujaa \{namn\} ei ole/).length).toBeGreaterThan(0);
    expect(sentTo(seen, 'POST /api/lead/answers')).toHaveLength(0);
    await user.clear(screen.getByRole('textbox', { name: 'ruotsi' }));
    await user.type(screen.getByRole('textbox', { name: 'ruotsi' }), 'Hej {{service}');
    await user.type(screen.getByRole('textbox', { name: 'Nimi' }), 'Uusi');
    await press('Tallenna');
    expect(await screen.findByText('Uusi on tallennettu, versio 1.')).toBeTruthy();
    expect(body('POST /api/lead/answers')).toEqual({ name: 'Uusi', shortcut: '', services: [], text: { fi: '', sv: 'Hej {service}', en: '' }, review: '' });
  });

  it('saves over the version that was read, and loses nothing when somebody else was first', async () => {
    open({ 'PUT /api/lead/answers/a_1': () => refuse(409, 'conflict', 'Joku muu on tallentanut.') });
    await press('Muokkaa: Tervehdys');
    await user.type(screen.getByRole('textbox', { name: 'englanti' }), 'Hello!');
    await press('Tallenna');
    expect(await screen.findByText('Joku muu on tallentanut.')).toBeTruthy();
    expect(body('PUT /api/lead/answers/a_1')).toMatchObject({ base: 2, content: { text: { en: 'Hello!' } } });
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'englanti' }).value).toBe('Hello!');
  });

  it('is for the lead’s own services where one does not lead them all', () => {
    const draft = emptyAnswer(['citizens-advice'], false);
    expect(draft).toMatchObject({ some: true, services: ['citizens-advice'] });
    expect(faultsOf({ ...draft, services: [] }, []).services).toEqual({ kind: 'services' });
  });
});

it('an older version is read and taken back into use', async () => {
  open();
  await press('Versiot: Tervehdys');
  const first = (await screen.findByRole('heading', { name: 'Versio 1' })).closest('section')!;
  expect(first.textContent).toContain('Moi!');
  await press('Ota käyttöön: Versio 1');
  await waitFor(() => expect(body('POST /api/lead/answers/a_1/revert')).toEqual({ base: 2, to: 1 }));
  expect(await screen.findByText('Tervehdys on tallennettu, versio 3.')).toBeTruthy();
});
