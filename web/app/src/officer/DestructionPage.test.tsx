import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Alarm, DyingGroup } from '../api/shapes';
import { me } from '../fake/desk';
import { dying } from '../fake/office';
import { serve } from '../fake/server';
import { at, show } from '../fake/show';
import DestructionPage from './DestructionPage';

const user = userEvent.setup();
const TODAY = '2026-11-23';

function open(buckets: DyingGroup[], alarms: Alarm[] = []) {
  serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'data_protection_officer' }] }),
    'GET /api/officer/destruction': () => ({ today: TODAY, buckets }),
    'GET /api/officer/alarms': () => ({ alarms }),
  });
  show(<DestructionPage />, 'staff');
}

beforeEach(() => at('/officer'));

describe('what will be destroyed', () => {
  it('answers first what dies tonight, with the sentence of the notice and a way to it', async () => {
    open([dying({ day: '2027-05-01', records: 9 }), dying()]);
    const table = await screen.findByRole('table', { name: 'Hävitetään, kun 23.11.2026 päättyy' });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(within(table).getByText(/enintään kaksi vuotta/)).toBeTruthy();
    const link = within(table).getByRole<HTMLAnchorElement>('link', { name: /Neuvontapalvelu, versio 2/ });
    expect(link.getAttribute('href')).toBe('/mallila/notices/citizens-advice?version=2&lang=fi');
  });

  it('says when nothing dies tonight, and what is next', async () => {
    open([dying({ day: '2026-12-31' })]);
    expect(await screen.findByText(/Tänä yönä ei hävitetä mitään\. Seuraavaksi hävitetään 31\.12\.2026\./)).toBeTruthy();
    expect(screen.getByText('38 päivää jäljellä')).toBeTruthy();
  });

  it('says what is held and what is late', async () => {
    open([dying({ hold: 'käsittelyn rajoitus' }), dying({ day: '2026-11-20', overdue: true, group: 'g2' })]);
    expect(await screen.findByText('Säilytetään pidempään: käsittelyn rajoitus')).toBeTruthy();
    expect(screen.getByText('aika on kulunut, hävitetään parhaillaan')).toBeTruthy();
  });

  it('shows a long plan in steps, and one register alone', async () => {
    const days = Array.from({ length: 120 }, (_, i) => dying({ day: `2027-0${1 + Math.floor(i / 28)}-${String(1 + (i % 28)).padStart(2, '0')}` }));
    const other = dying({ day: '2028-01-01', notice: { id: 'audit-log', name: 'Lokitiedot', url: '/x' }, group: 'entry' });
    open([...days, other]);
    const table = await screen.findByRole('table', { name: 'Mitä hävitetään, milloin ja minkä mukaan' });
    expect(within(table).getAllByRole('row')).toHaveLength(51);
    await user.click(screen.getByRole('button', { name: 'Näytä lisää (71)' }));
    expect(within(table).getAllByRole('row')).toHaveLength(101);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rekisteri' }), 'audit-log');
    expect(within(table).getAllByRole('row')).toHaveLength(2);
  });

  it('puts alarms before all', async () => {
    open([dying()], [{ kind: 'clock-alarm', text: 'Kello on hypännyt.', settle: false }]);
    expect(await screen.findByText(/Kello on hypännyt/)).toBeTruthy();
  });

  it('says when there is nothing at all', async () => {
    open([]);
    expect(await screen.findByText('Säilytettäviä tietoja ei ole.')).toBeTruthy();
  });
});
