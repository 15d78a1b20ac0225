import type { Overview } from '../api/shapes';

export interface Warning {
  kind: 'waiting' | 'wait' | 'nobody';
  service: string;
  /** The service's name. */
  name: string;
  /** How many wait, or for how many seconds the first has waited. */
  n: number;
  limit: number;
}

type Present = Overview['present'][number];

/** Whether the program would give an adviser one more. */
export const isFree = ({ presence, load, capacity }: Present) => presence === 'present' && load < capacity;

/**
 * The limits that are exceeded `since` milliseconds after the overview was made: a wait grows while nothing
 * else happens, so that this is asked again as time passes, and never of the server.
 */
export function warningsOf({ services, queues, present }: Overview, since: number): Warning[] {
  return services.flatMap(({ id, name, open, routing }) => {
    const own = queues.filter(({ service }) => service === id);
    const waiting = own.reduce((sum, queue) => sum + queue.waiting, 0);
    const longest = Math.max(0, ...own.filter((queue) => queue.waiting > 0).map((queue) => queue.longest_wait_s + since / 1_000));
    const nobody = open && !present.some((each) => each.presence === 'present' && each.services.includes(id));
    const found: Warning[] = [];
    const add = (kind: Warning['kind'], n: number, limit: number) => found.push({ kind, service: id, name, n, limit });
    if (routing.warn_waiting > 0 && waiting >= routing.warn_waiting) add('waiting', waiting, routing.warn_waiting);
    if (routing.warn_wait_s > 0 && longest >= routing.warn_wait_s) add('wait', longest, routing.warn_wait_s);
    if (routing.warn_nobody && nobody) add('nobody', 0, 0);
    return found;
  });
}

export const keyOf = ({ service, kind }: Warning) => `${service}/${kind}`;
