import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../api/shapes';
import { me, options } from '../fake/desk';
import { report } from '../fake/office';
import { type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import ReportPage from './ReportPage';

const user = userEvent.setup();
const GET = 'GET /api/report/contacts';
const rows = [
  { value: 'a', label: 'Kansalaisneuvonta', count: 120, suppressed: false },
  { value: 'b', label: 'Edunvalvonnan chat', count: 6, suppressed: true },
  { value: 'c', label: 'Muu', count: 0, suppressed: true },
];
let seen: Seen[];

function open(answer = report(rows), roles: Me['roles'] = [{ role: 'lead' }]) {
  seen = serve({ 'GET /api/staff/me': () => me({ roles }), 'GET /api/desk/options': () => options, [GET]: () => answer });
  show(<ReportPage />, 'staff');
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T10:00:00Z'), toFake: ['Date'] });
  at('/lead/report');
});

describe('the report', () => {
  it('asks for whole months of the last year by itself', async () => {
    open();
    await screen.findByRole('heading', { name: /^Yhteydenotot 1\.1\.2026/ });
    expect(Object.fromEntries(sentTo(seen, GET)[0]!.query)).toEqual({ from: '2025-12-01', to: '2026-11-30' });
  });

  it('says which counts are withheld and why', async () => {
    open();
    const table = await screen.findByRole('table', { name: 'Yhteydenotot palveluittain' });
    expect(within(table).getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['120', 'vähintään 6', 'ei kerrota']);
    expect(screen.getByText('Yhteensä vähintään 126 yhteydenottoa')).toBeTruthy();
    expect(screen.getByText(/Alle 5 yhteydenoton lukuja ei kerrota/)).toBeTruthy();
    expect(screen.getAllByText('Tätä jakoa ei voi kertoa: luvut ovat liian pieniä.')).toHaveLength(5);
  });

  it('tells an empty time from a withheld one', async () => {
    open(report());
    expect(await screen.findByText(/Tältä ajalta ei ole kerrottavia yhteydenottoja/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /CSV/ })).toBeNull();
  });

  it('does not ask backwards in time', async () => {
    open();
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Viimeinen kuukausi' }), '2025-01');
    await user.click(screen.getByRole('button', { name: 'Näytä' }));
    expect(screen.getByText('Viimeisen kuukauden pitää olla ensimmäisen jälkeen.')).toBeTruthy();
    expect(sentTo(seen, GET)).toHaveLength(1);
  });

  it('gives the lead of one service that service only', async () => {
    const [first] = options.services;
    open(report(rows), [{ role: 'lead', service: first!.id }]);
    const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Palvelu' });
    expect([...choice.options].map(({ value }) => value)).toEqual([first!.id]);
    expect(sentTo(seen, GET)[0]?.query.get('service')).toBe(first!.id);
  });
});
