import { describe, expect, it } from 'vitest';
import { formatDay, formatIn, formatWall, secondsOf } from './format';

const at = Date.parse('2026-11-25T07:05:00Z');
const ZONE = 'Europe/Helsinki';

describe('dates and times', () => {
  it.each([
    ['fi', '25.11.2026 klo 9.05', 'ke 25.11. klo 9.05', '1.12.2026'],
    ['sv', '25.11.2026 kl. 9.05', 'ons 25.11 kl. 9.05', '1.12.2026'],
    ['en', '25 Nov 2026, 9:05', 'Wed 25 Nov, 9:05', '1 Dec 2026'],
  ] as const)('are written as %s writes them, in the authority’s zone', (lang, dateTime, near, day) => {
    const format = formatIn(lang, ZONE);
    expect(format.dateTime(at)).toBe(dateTime);
    expect(format.dayAndTime(at)).toBe(near);
    expect(formatDay(lang, '2026-12-01')).toBe(day);
  });

  it.each([
    ['PT7S', 7],
    ['PT1M20S', 80],
    ['P1DT2H', 93_600],
    ['PT1.5S', 1],
    ['what', 0],
  ])('%s is %i seconds', (duration, seconds) => expect(secondsOf(duration)).toBe(seconds));

  it.each([
    [7, '7 s'],
    [59.6, '59 s'],
    [80, '1 min'],
    [7_500, '2 h 5 min'],
    [7_200, '2 h'],
  ])('%d seconds are told as %s', (seconds, told) => expect(formatIn('fi', ZONE).span(seconds)).toBe(told));
});

describe('wall times', () => {
  it.each([
    ['fi', '09:00', '9.00'],
    ['sv', '00:00', '0.00'],
    ['en', '09:05', '9:05'],
    ['en', '24:00', '24:00'],
  ] as const)('are written as %s writes %s', (lang, time, written) => {
    expect(formatWall(lang, time)).toBe(written);
  });
});
