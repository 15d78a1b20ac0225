import type { ReportRow } from '../api/shapes';

/** What is looked at: a day, or the week of a day. */
export interface Span {
  kind: 'day' | 'week';
  day: string;
}

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);

export function plus(day: string, days: number): string {
  const date = at(day);
  date.setUTCDate(date.getUTCDate() + days);
  return text(date);
}

/** The first day of a day's week: Monday (ISO 8601). */
export const mondayOf = (day: string) => plus(day, -((at(day).getUTCDay() + 6) % 7));

export function daysOfSpan({ kind, day }: Span): { from: string; to: string } {
  if (kind === 'day') return { from: day, to: day };
  const from = mondayOf(day);
  return { from, to: plus(from, 6) };
}

/** The span before (-1) or after (1). */
export const moved = ({ kind, day }: Span, by: number): Span => ({ kind, day: plus(day, by * (kind === 'day' ? 1 : 7)) });

/** The number of a day's week (ISO 8601: the week belongs to the year of its Thursday). */
export function weekNumber(day: string): number {
  const thursday = at(plus(mondayOf(day), 3));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - first) / (7 * 86_400_000)) + 1;
}

/** Whether a day is one that the calendar has. */
export const isDay = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at(day).getTime()) && text(at(day)) === day;

export const nothing = (rows: readonly ReportRow[]) => rows.every(({ count, suppressed }) => count === 0 && !suppressed);
