import { describe, expect, it } from 'vitest';
import type { DyingGroup } from '../api/shapes';
import { after, fatesOf, periodOf } from './time';

const bucket = (notice: string, records: number): DyingGroup => ({
  notice: { id: notice, name: notice, url: '' }, group: 'g', group_name: 'Tiedot', version: 1, sentence: '', state: 'living', records, overdue: false,
});

describe('a period', () => {
  it('is a whole number of units that the server takes', () => {
    expect([periodOf('2', 'M'), periodOf(' 10 ', 'Y'), periodOf('30', 'D')]).toEqual(['P2M', 'P10Y', 'P30D']);
    expect([periodOf('0', 'D'), periodOf('11', 'Y'), periodOf('1,5', 'M'), periodOf('', 'W')]).toEqual([null, null, null, null]);
  });

  it('leads to about where time will stand', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(new Date(after(now, 'P2M')).toISOString().slice(0, 10)).toBe('2027-01-22');
    expect(new Date(after(now, 'P2Y')).toISOString().slice(0, 10)).toBe('2028-11-22');
    expect(after(now, 'P2W') - now).toBe(14 * 86_400_000);
  });
});

describe('what became of the records', () => {
  it('is told for each register, also for one that is empty now or was before', () => {
    const fates = fatesOf([bucket('chat', 3), bucket('staff', 7)], [bucket('staff', 7), bucket('log', 2)]);
    expect(fates.map(({ notice, before, after: now }) => [notice, before, now])).toEqual([
      ['chat', 3, 0],
      ['log', 0, 2],
      ['staff', 7, 7],
    ]);
  });
});
