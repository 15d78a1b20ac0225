import { useCallback } from 'react';
import { call } from '../api/client';
import type { Problem } from '../api/problem';
import type { DeskService } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { useMe } from '../staff/MeProvider';
import { useText } from '../text/TextProvider';

interface Countable {
  /** The services whose counts the reader may see; null until they are known. */
  services: DeskService[] | null;
  /** All services may be counted together. */
  all: boolean;
  problem: Problem | null;
  reload: () => void;
}

/** What the reader may count: an officer every service, a lead their own. */
export function useCountable(): Countable {
  const { lang } = useText();
  const { me } = useMe();
  const load = useCallback(() => call('get', '/api/desk/options', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const may = (service: string) =>
    me.roles.some(({ role, service: own }) => role === 'data_protection_officer' || (role === 'lead' && (!own || own === service)));
  return { services: data?.services.filter(({ id }) => may(id)) ?? null, all: may(''), problem, reload };
}
