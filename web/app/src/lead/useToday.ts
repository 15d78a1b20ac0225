import { useCallback } from 'react';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { boot } from '../boot';
import { useMe } from '../staff/MeProvider';
import { dayIn } from '../text/format';

/** The authority's day today, YYYY-MM-DD; null until it is known. */
export function useToday(): string | null {
  const { me } = useMe();
  const lead = me.roles.some(({ role }) => role === 'lead');
  const { data } = useLoad(useCallback(() => today(lead), [lead]));
  return data;
}

/** In a demo time may have been moved forward, and only the server knows how far. */
async function today(lead: boolean): Promise<string> {
  const { demo, zone } = boot();
  if (demo && lead) return dayIn((await call('get', '/api/lead/overview')).generated_at, zone);
  if (demo) return (await call('get', '/api/officer/destruction')).today;
  return dayIn(Date.now(), zone);
}
