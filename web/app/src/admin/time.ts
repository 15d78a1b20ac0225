import type { DyingGroup } from '../api/shapes';
import { countsOf } from '../officer/destruction';

export type Unit = 'D' | 'W' | 'M' | 'Y';
export const UNITS: readonly Unit[] = ['D', 'W', 'M', 'Y'];
/** Times that are offered ready made. */
export const CHOICES = ['P1D', 'P1M', 'P2M', 'P1Y', 'P2Y'] as const;
export type Choice = (typeof CHOICES)[number] | 'own';

/** The longest step that the server takes, in each unit. */
const MOST: Record<Unit, number> = { D: 3_650, W: 520, M: 120, Y: 10 };

/** An ISO 8601 period of a whole number of units; null where the number is none. */
export function periodOf(count: string, unit: Unit): string | null {
  const n = /^\s*\d{1,4}\s*$/.test(count) ? Number(count) : 0;
  return n >= 1 && n <= MOST[unit] ? `P${n}${unit}` : null;
}

/** Where time stands after a period, about: good enough to show how far the days have come. */
export function after(now: number, period: string): number {
  const [, text = '0', unit] = /^P(\d+)([DWMY])$/.exec(period) ?? [];
  const n = Number(text);
  const date = new Date(now);
  if (unit === 'D' || unit === 'W') return now + n * (unit === 'W' ? 7 : 1) * 86_400_000;
  return date.setUTCMonth(date.getUTCMonth() + n * (unit === 'Y' ? 12 : 1));
}

/** What became of the records of one register's group. */
export interface Fate {
  key: string;
  notice: string;
  group: string;
  before: number;
  after: number;
}

/** How many records of each group could be opened before, and can be now. */
export function fatesOf(before: readonly DyingGroup[], now: readonly DyingGroup[]): Fate[] {
  const [then, left] = [countsOf(before), countsOf(now)];
  const keys = new Set([...then.keys(), ...left.keys()]);
  return [...keys].sort().flatMap((key) => {
    const one = then.get(key) ?? left.get(key);
    if (!one) return [];
    return [{ key, notice: one.notice, group: one.group, before: then.get(key)?.records ?? 0, after: left.get(key)?.records ?? 0 }];
  });
}
