import type { DyingGroup } from '../api/shapes';

/** The parts of the plan: what dies tonight, what later. */
export interface Plan {
  tonight: DyingGroup[];
  later: DyingGroup[];
}

/** Tonight belongs what has today as its last day, and what should have died already. */
export function planOf(buckets: readonly DyingGroup[], today: string): Plan {
  const tonight = (one: DyingGroup) => one.overdue || one.state !== 'living' || one.day === today;
  const byDay = (a: DyingGroup, b: DyingGroup) => (a.day ?? '').localeCompare(b.day ?? '') || a.notice.name.localeCompare(b.notice.name);
  return { tonight: buckets.filter(tonight).sort(byDay), later: buckets.filter((one) => !tonight(one)).sort(byDay) };
}

/** The registers of a plan, each once, by name. */
export function registersOf(buckets: readonly DyingGroup[]): { id: string; name: string }[] {
  const names = new Map(buckets.map(({ notice }) => [notice.id, notice.name]));
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Whole days from one day to a later one. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** What tells one bucket from another while it lives. */
export const bucketKey = ({ day, event, notice, group, hold, version }: DyingGroup) =>
  [notice.id, group, day ?? event ?? '', hold ?? '', version].join('/');

/** How many records of each register and group can be opened. */
export function countsOf(buckets: readonly DyingGroup[]): Map<string, { notice: string; group: string; records: number }> {
  const counts = new Map<string, { notice: string; group: string; records: number }>();
  for (const { notice, group, group_name: name, records } of buckets) {
    const key = `${notice.id}/${group}`;
    counts.set(key, { notice: notice.name, group: name, records: records + (counts.get(key)?.records ?? 0) });
  }
  return counts;
}
