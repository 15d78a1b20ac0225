import type { Routing } from '../api/shapes';

type Numbers = 'offer_s' | 'widen_s' | 'warn_waiting' | 'warn_wait_s';

/** A routing as it is written: numbers as typed, waits in minutes. */
export type RoutingDraft = Record<Numbers, string> & { push: readonly Routing['push'][number][]; warn_nobody: boolean };

/** What one unit of a typed number is on the wire. */
const UNIT: Record<Numbers, number> = { offer_s: 1, widen_s: 60, warn_waiting: 1, warn_wait_s: 60 };
const FIELDS = Object.keys(UNIT) as Numbers[];

export function draftOf(routing: Routing): RoutingDraft {
  const typed = Object.fromEntries(FIELDS.map((field) => [field, String(Math.round(routing[field] / UNIT[field]))])) as Record<Numbers, string>;
  return { ...typed, push: routing.push, warn_nobody: routing.warn_nobody };
}

/** The routing that was written, or the fields that are no whole numbers. Whether they are in bounds the server says. */
export function routingOf(draft: RoutingDraft): { routing: Routing | null; wrong: Numbers[] } {
  const wrong = FIELDS.filter((field) => !/^\d{1,4}$/.test(draft[field].trim()));
  if (wrong.length > 0) return { routing: null, wrong };
  const numbers = Object.fromEntries(FIELDS.map((field) => [field, Number(draft[field]) * UNIT[field]])) as Record<Numbers, number>;
  return { routing: { ...numbers, push: draft.push, warn_nobody: draft.warn_nobody }, wrong };
}
