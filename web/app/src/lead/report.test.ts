import { describe, expect, it } from 'vitest';
import type { Report, ReportRow } from '../api/shapes';
import { csvOf, daysOf, isEmpty, monthsUpTo, totalOf } from './report';

const row = (label: string, count: number, suppressed = false): ReportRow => ({ value: label, label, count, suppressed });
const report = (rows: ReportRow[]): Report => ({
  from: '2026-10-01',
  to: '2026-11-30',
  suppressed_below: 5,
  tables: [{ by: 'service', rows }],
});
const words = {
  header: ['jako', 'arvo', 'määrä', 'huomautus'],
  breakdown: () => 'Palvelu',
  withheld: 'ei kerrota',
  atLeast: (n: number) => `vähintään ${n}`,
};

describe('months', () => {
  it('go back over the turn of a year', () => expect(monthsUpTo('2027-01-31', 3)).toEqual(['2027-01', '2026-12', '2026-11']));
  it('end on their own last day', () => {
    expect(daysOf('2026-11', '2027-02')).toEqual({ from: '2026-11-01', to: '2027-02-28' });
    expect(daysOf('2028-02', '2028-02').to).toBe('2028-02-29');
  });
});

describe('a report', () => {
  it('has a total, which is "at least" when a count is withheld', () => {
    expect(totalOf(report([row('A', 12), row('B', 7)]))).toEqual({ n: 19, atLeast: false });
    expect(totalOf(report([row('A', 12), row('B', 0, true)]))).toEqual({ n: 12, atLeast: true });
  });

  it('is empty only when nothing was counted', () => {
    expect(isEmpty(report([]))).toBe(true);
    expect(isEmpty(report([row('A', 0, true)]))).toBe(false);
  });
});

describe('its file', () => {
  it('says why a count is not there', () => {
    expect(csvOf(report([row('A', 12), row('B', 0, true), row('C', 6, true)]), words)).toBe(
      '\uFEFFjako;arvo;määrä;huomautus\r\nPalvelu;A;12;\r\nPalvelu;B;;ei kerrota\r\nPalvelu;C;;vähintään 6\r\n',
    );
  });

  it('quotes what needs it, and lets nothing be a formula', () => {
    const file = csvOf(report([row('Eläke; "tuki"', 9), row('=1+1', 9)]), words);
    expect(file).toContain('"Eläke; ""tuki""";9');
    expect(file).toContain(";'=1+1;9");
  });
});
