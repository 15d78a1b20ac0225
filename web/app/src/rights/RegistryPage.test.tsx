import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RightsRequest } from '../api/shapes';
import { me } from '../fake/desk';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import RegistryPage from './RegistryPage';

const user = userEvent.setup();
const GET = 'GET /api/registry/requests';
let seen: Seen[];

const request = (id: string): RightsRequest => ({
  id,
  register: 'citizens-advice',
  register_name: `Rekisteri ${id}`,
  status: 'received',
  lang: 'fi',
  received_at: Date.parse('2026-11-23T10:00:00Z'),
  due: '2026-12-23',
  days_left: 30,
  warning: '',
  extended: false,
  told: '',
  ends: '',
  outcome: '',
  taken: false,
  mine: false,
});
const rows = () => within(screen.getByRole('table')).getAllByRole('row').slice(1);

beforeEach(() => at('/registry'));

describe('the registry’s requests', () => {
  it('come by pages, and a page that does not come leaves the others', async () => {
    let broken = true;
    seen = serve({
      'GET /api/staff/me': () => me({ roles: [{ role: 'registry_clerk' }] }),
      [GET]: ({ query }) => {
        if (!query.get('after')) return { today: '2026-11-23', requests: [request('a'), request('b')], next: '2026-12-23 b' };
        if (broken) return refuse(503, 'busy', 'Yritä hetken kuluttua uudelleen.');
        return { today: '2026-11-23', requests: [request('c')] };
      },
    });
    show(<RegistryPage />, 'staff');
    expect(await screen.findByText('2 ensimmäistä pyyntöä')).toBeTruthy();
    const more = screen.getByRole('button', { name: 'Näytä lisää pyyntöjä' });
    await user.click(more);
    expect(await screen.findByText('Yritä hetken kuluttua uudelleen.')).toBeTruthy();
    expect(rows()).toHaveLength(2);
    broken = false;
    await user.click(more);
    expect(await screen.findByText('Rekisteri c')).toBeTruthy();
    expect(rows()).toHaveLength(3);
    expect(screen.getByText('3 pyyntöä')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Näytä lisää pyyntöjä' })).toBeNull();
    expect(sentTo(seen, GET).at(-1)?.query.get('after')).toBe('2026-12-23 b');
  });
});
