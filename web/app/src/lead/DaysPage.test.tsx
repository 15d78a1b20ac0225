import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { AT, me, options } from '../fake/desk';
import { overview } from '../fake/office';
import { type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import { mondayOf, plus } from './days';
import DaysPage from './DaysPage';

const user = userEvent.setup();
const DAYS = 'GET /api/report/days';
const row = (value: string, label: string, count: number, suppressed = false) => ({ value, label, count, suppressed });
const report = (tables: object[]) => ({
  from: '2026-11-23',
  to: '2026-11-29',
  suppressed_below: 5,
  arrived: row('', '', 40),
  answered: row('', '', 34),
  left: row('not_served', '', 6),
  median: '1–5 minuuttia',
  ninety: '',
  tables,
});
let seen: Seen[];

function open(tables: object[]) {
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'lead' }] }),
    'GET /api/desk/options': () => options,
    'GET /api/lead/overview': () => overview({ generated_at: AT }),
    [DAYS]: () => report(tables),
  });
  show(<DaysPage />, 'staff');
}

beforeEach(() => at('/lead/days'));

describe('a day’s and a week’s counts', () => {
  it('tells the week in a chart with a table behind it, and says what is not told', async () => {
    open([{ by: 'language', rows: [row('fi', 'suomi', 34, true), row('_other', 'muut yhteensä', 0, true)] }, { by: 'topic', rows: [] }]);
    const figure = (await screen.findByRole('heading', { name: 'Yhteydenotot asiointikielittäin' })).closest('figure');
    if (!figure) throw new Error('no figure');
    expect(within(figure).getByRole('list', { name: 'Yhteydenotot asiointikielittäin' }).textContent).toContain('vähintään 34');
    await user.click(within(figure).getByText('Taulukkona: Yhteydenotot asiointikielittäin'));
    expect(within(figure).getByRole('row', { name: /muut yhteensä ei kerrota/ })).toBeTruthy();
    expect(screen.getByText('Tätä jakoa ei voi kertoa: luvut ovat liian pieniä.')).toBeTruthy();
    expect(screen.getByText('Puolet palvelluista odotti enintään').nextElementSibling?.textContent).toBe('1–5 minuuttia');
    expect(screen.getByText('Yhdeksän kymmenestä odotti enintään').nextElementSibling?.textContent).toBe('ei kerrota');
  });

  it('goes from week to week, and to a day', async () => {
    open([{ by: 'day', rows: [row('2026-11-23', '23.11.2026', 40)] }]);
    await user.click(await screen.findByRole('button', { name: 'Edellinen viikko' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Ajanjakso' }), 'Päivä');
    await screen.findByRole('button', { name: 'Seuraava päivä' });
    const asked = sentTo(seen, DAYS).map(({ query }) => `${query.get('from') ?? ''} ${query.get('to') ?? ''}`);
    const [first = '', before = '', day = ''] = asked.map((each) => each.split(' ')[0]);
    expect(before).toBe(plus(first, -7));
    expect(asked[1]).toBe(`${before} ${plus(before, 6)}`);
    expect(asked.at(-1)).toBe(`${day} ${day}`);
    expect(mondayOf(day)).toBe(before);
  });

  it('offers the file of what is in view', async () => {
    open([{ by: 'day', rows: [row('2026-11-23', '23.11.2026', 40)] }]);
    const link = await screen.findByRole('link', { name: 'Lataa taulukkona (CSV)' });
    expect(link.getAttribute('href')).toContain('/api/report/days.csv?from=2026-11-23&to=2026-11-29');
  });

  it('says when nothing was counted', async () => {
    open([]);
    expect(await screen.findByText(/Tältä ajalta ei ole kerrottavia yhteydenottoja/)).toBeTruthy();
  });
});
