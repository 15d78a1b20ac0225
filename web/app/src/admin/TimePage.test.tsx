import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '../fake/desk';
import { dying } from '../fake/office';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import TimePage from './TimePage';

const user = userEvent.setup();
const NOW = Date.parse('2026-11-23T10:00:00Z');
const MOVE = 'POST /api/admin/time';
let seen: Seen[];

function open(demo = true, more: Parameters<typeof serve>[0] = {}) {
  let moved = false;
  const log = dying({ notice: { id: 'audit-log', name: 'Lokitiedot', url: '' }, group: 'entry', group_name: 'Lokimerkintä', records: 1 });
  seen = serve({
    'GET /api/staff/me': () => me({ demo, roles: [{ role: 'administrator' }] }),
    'GET /api/admin/clock': () => ({ now: NOW, mark: NOW, steady: true }),
    'GET /api/officer/destruction': () => ({ today: '2026-11-23', buckets: moved ? [log] : [dying(), log] }),
    [MOVE]: () => {
      moved = true;
      return { now: NOW + 5e9, days: 61, destroyed: 3 };
    },
    ...more,
  });
  show(<TimePage />, 'staff');
}

beforeEach(() => at('/admin/time'));

describe('the time machine', () => {
  it('tells what became of the records', async () => {
    open();
    await user.click(await screen.findByRole('radio', { name: '2 kuukautta' }));
    await user.click(screen.getByRole('button', { name: 'Siirrä aikaa' }));
    const rows = within(await screen.findByRole('table')).getAllByRole('row');
    expect(rows.slice(1).map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/Lokitiedot.*11ennallaan/),
      expect.stringMatching(/Neuvontapalvelu.*30kaikki hävitetty/),
    ]);
    expect(screen.getByText('Päätettiin 61 päivää. Tuhottiin 3 avainta.')).toBeTruthy();
    expect(sentTo(seen, MOVE)[0]?.body).toEqual({ advance: 'P2M' });
  });

  it('takes a period of one’s own, if it is one', async () => {
    open();
    await user.click(await screen.findByRole('radio', { name: 'muu aika' }));
    await user.click(screen.getByRole('button', { name: 'Siirrä aikaa' }));
    expect(screen.getByText(/Kirjoita kokonaisluku/)).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Määrä' }), '3');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Yksikkö' }), 'W');
    await user.click(screen.getByRole('button', { name: 'Siirrä aikaa' }));
    await screen.findByRole('table');
    expect(sentTo(seen, MOVE)[0]?.body).toEqual({ advance: 'P3W' });
  });

  it('gives the form back when it failed', async () => {
    open(true, { [MOVE]: () => refuse(503, 'busy', 'Palvelu on hetken poissa käytöstä.') });
    await user.click(await screen.findByRole('button', { name: 'Siirrä aikaa' }));
    expect(await screen.findByText('Palvelu on hetken poissa käytöstä.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Siirrä aikaa' })).toBeTruthy();
  });

  it('is not there outside a demo', async () => {
    open(false);
    expect(await screen.findByRole('heading', { name: 'Sinulla ei ole oikeutta tähän sivuun' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Siirrä aikaa' })).toBeNull();
  });
});
