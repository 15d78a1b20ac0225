import { describe, expect, it } from 'vitest';
import { daysOfSpan, isDay, mondayOf, moved, weekNumber } from './days';

describe('days and weeks', () => {
  it('begins a week on Monday, over months, years and leap days', () => {
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(daysOfSpan({ kind: 'week', day: '2027-01-01' })).toEqual({ from: '2026-12-28', to: '2027-01-03' });
    expect(moved({ kind: 'day', day: '2028-02-28' }, 1).day).toBe('2028-02-29');
    expect(moved({ kind: 'week', day: '2026-10-26' }, -1).day).toBe('2026-10-19');
  });

  it('numbers weeks by their Thursday', () => {
    expect(weekNumber('2026-12-31')).toBe(53);
    expect(weekNumber('2027-01-03')).toBe(53);
    expect(weekNumber('2027-01-04')).toBe(1);
    expect(weekNumber('2026-01-01')).toBe(1);
  });

  it('knows what is a day', () => {
    expect(isDay('2026-02-28')).toBe(true);
    for (const none of ['2026-02-30', '2026-2-3', '', 'x']) expect(isDay(none)).toBe(false);
  });
});
