import { describe, expect, it } from 'vitest';
import { dayFaults, emptyDay, feastsOf, holidayOf, withDay, withoutDay } from './holidays';

describe('Finnish public holidays', () => {
  it('are those of the almanac for 2027', () => {
    expect(Object.fromEntries(feastsOf(2027).map(({ day, feast }) => [feast, day]))).toEqual({
      newYear: '2027-01-01', epiphany: '2027-01-06', goodFriday: '2027-03-26', easter: '2027-03-28', easterMonday: '2027-03-29',
      mayDay: '2027-05-01', ascension: '2027-05-06', whitSunday: '2027-05-16', midsummerEve: '2027-06-25', midsummer: '2027-06-26', allSaints: '2027-11-06',
      independence: '2027-12-06', christmasEve: '2027-12-24', christmas: '2027-12-25', stephen: '2027-12-26',
    });
  });

  // As the Church Act and the Acts on Independence Day and May Day say; the moving ones from the almanac.
  it.each([
    [2026, '04-03', '04-05', '04-06', '05-14', '05-24', '06-19', '06-20', '10-31'],
    [2027, '03-26', '03-28', '03-29', '05-06', '05-16', '06-25', '06-26', '11-06'],
    [2028, '04-14', '04-16', '04-17', '05-25', '06-04', '06-23', '06-24', '11-04'],
    [2029, '03-30', '04-01', '04-02', '05-10', '05-20', '06-22', '06-23', '11-03'],
    [2030, '04-19', '04-21', '04-22', '05-30', '06-09', '06-21', '06-22', '11-02'],
  ])('of %i are all there, on their days', (year, ...moving) => {
    const [goodFriday, easter, easterMonday, ascension, whitSunday, midsummerEve, midsummer, allSaints] = moving;
    const days = { newYear: '01-01', epiphany: '01-06', goodFriday, easter, easterMonday, mayDay: '05-01', ascension, whitSunday, midsummerEve, midsummer, allSaints,
      independence: '12-06', christmasEve: '12-24', christmas: '12-25', stephen: '12-26' };
    expect(Object.fromEntries(feastsOf(year).map(({ day, feast }) => [feast, day]))).toEqual(
      Object.fromEntries(Object.entries(days).map(([feast, day]) => [feast, `${year}-${day}`])),
    );
  });

  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
  ])('Easter of %i is %s', (year, day) => expect(feastsOf(year)).toContainEqual({ day, feast: 'easter' }));
});

describe('a day to add', () => {
  const days = [{ day: '2026-12-06' }];
  it('needs a day that is not there yet', () => {
    expect(dayFaults(emptyDay, days)).toEqual({ day: 'day' });
    expect(dayFaults({ ...emptyDay, day: '2026-12-06' }, days)).toEqual({ day: 'twice' });
  });

  it('needs times in order when it is not closed all day', () => {
    const draft = { ...emptyDay, day: '2026-12-24', closed: false };
    expect(dayFaults(draft, days)).toEqual({ opens: 'form', closes: 'form' });
    expect(dayFaults({ ...draft, opens: '12', closes: '9' }, days)).toEqual({ closes: 'order' });
    expect(holidayOf({ ...draft, opens: '9', closes: '12' })).toEqual({ day: '2026-12-24', opens: '09:00', closes: '12:00' });
  });

  it('is named in every language or in none', () => {
    const draft = { ...emptyDay, day: '2026-12-24', name: { fi: 'Aatto', sv: '', en: '' } };
    expect(dayFaults(draft, days)).toEqual({ name: 'name' });
    expect(holidayOf({ ...draft, name: emptyDay.name })).toEqual({ day: '2026-12-24' });
  });

  it('takes its place in the order, and goes again', () => {
    expect(withDay(days, { day: '2026-05-01' }).map(({ day }) => day)).toEqual(['2026-05-01', '2026-12-06']);
    expect(withoutDay(days, '2026-12-06')).toEqual([]);
  });
});
