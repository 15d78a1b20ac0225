import type { Report, ReportRow, ReportTable } from '../api/shapes';

export type Breakdown = ReportTable['by'];

/** A year and month, YYYY-MM. */
export type Month = string;

/** `count` months up to and with the month of `day`, the newest first. */
export function monthsUpTo(day: string, count: number): Month[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, back) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7));
}

/** First and last day of a span of months. */
export function daysOf(from: Month, to: Month): { from: string; to: string } {
  const [year = 0, month = 1] = to.split('-').map(Number);
  return { from: `${from}-01`, to: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
}

/** All contacts of a report; `atLeast` where a count of some service is withheld. */
export function totalOf(report: Report): { n: number; atLeast: boolean } {
  const rows = report.tables.find(({ by }) => by === 'service')?.rows ?? [];
  return { n: rows.reduce((sum, { count }) => sum + count, 0), atLeast: rows.some(({ suppressed }) => suppressed) };
}

/** Nothing was counted at all, which is another thing than counts that are withheld. */
export const isEmpty = (report: Report) => report.tables.every(({ rows }) => rows.length === 0);

interface Words {
  header: readonly string[];
  breakdown: (by: Breakdown) => string;
  /** What is told of a row: its count as a number, and a note where that is not all. */
  withheld: string;
  atLeast: (n: number) => string;
}

/**
 * The report as a file of values parted by semicolons, which spreadsheets with a decimal comma
 * expect; the mark at its beginning tells them that it is UTF-8. RFC 4180 otherwise.
 */
export function csvOf(report: Report, words: Words): string {
  const lines = report.tables.flatMap(({ by, rows }) => rows.map((row) => [words.breakdown(by), row.label, ...told(row, words)]));
  return `\uFEFF${[words.header, ...lines].map((cells) => cells.map(cell).join(';')).join('\r\n')}\r\n`;
}

function told({ count, suppressed }: ReportRow, words: Words): [string, string] {
  if (!suppressed) return [String(count), ''];
  return ['', count > 0 ? words.atLeast(count) : words.withheld];
}

/** Quoted where needed; what a spreadsheet would take for a formula is made text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
