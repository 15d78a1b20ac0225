import type { Holiday, ThreeTexts } from '../api/shapes';
import { readTime } from './hours';

/** The days on which Finnish offices are closed; the names are texts `lead.holidays.names`. */
export type Feast =
  | 'newYear' | 'epiphany' | 'goodFriday' | 'easter' | 'easterMonday' | 'mayDay' | 'ascension' | 'whitSunday'
  | 'midsummerEve' | 'midsummer' | 'allSaints' | 'independence' | 'christmasEve' | 'christmas' | 'stephen';

/**
 * Public holidays of a year, with the two eves on which offices are closed, in their order: the feasts of the Church Act
 * (Midsummer is the Saturday from 20 to 26 June, All Saints' the one from 31 October to 6 November), Independence Day and May Day.
 */
export function feastsOf(year: number): { day: string; feast: Feast }[] {
  const easter = easterOf(year);
  const midsummer = saturdayFrom(Date.UTC(year, 5, 20));
  const at = (feast: Feast, time: number) => ({ day: dayOf(time), feast });
  return [
    at('newYear', Date.UTC(year, 0, 1)),
    at('epiphany', Date.UTC(year, 0, 6)),
    at('goodFriday', easter - 2 * DAY),
    at('easter', easter),
    at('easterMonday', easter + DAY),
    at('mayDay', Date.UTC(year, 4, 1)),
    at('ascension', easter + 39 * DAY),
    at('whitSunday', easter + 49 * DAY),
    at('midsummerEve', midsummer - DAY),
    at('midsummer', midsummer),
    at('allSaints', saturdayFrom(Date.UTC(year, 9, 31))),
    at('independence', Date.UTC(year, 11, 6)),
    at('christmasEve', Date.UTC(year, 11, 24)),
    at('christmas', Date.UTC(year, 11, 25)),
    at('stephen', Date.UTC(year, 11, 26)),
  ].sort((a, b) => a.day.localeCompare(b.day));
}

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const saturdayFrom = (time: number) => time + ((6 - new Date(time).getUTCDay() + 7) % 7) * DAY;

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const at = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(at / 31) - 1, (at % 31) + 1);
}

/** Days with one more, or with another in the place of the same day, in their order. */
export const withDay = (days: readonly Holiday[], day: Holiday): Holiday[] =>
  [...days.filter((each) => each.day !== day.day), day].sort((a, b) => a.day.localeCompare(b.day));

export const withoutDay = (days: readonly Holiday[], day: string): Holiday[] => days.filter((each) => each.day !== day);

/** A day while it is added: times as they are written, both empty for a day that is closed. */
export interface DayDraft {
  day: string;
  closed: boolean;
  opens: string;
  closes: string;
  name: ThreeTexts;
}

export const emptyDay: DayDraft = { day: '', closed: true, opens: '', closes: '', name: { fi: '', sv: '', en: '' } };

export type DayField = 'day' | 'opens' | 'closes' | 'name';
export type DayFault = 'day' | 'twice' | 'form' | 'order' | 'name';

/** What is wrong with a draft, by its field. A name is given in every language or in none. */
export function dayFaults(draft: DayDraft, days: readonly Holiday[]): Partial<Record<DayField, DayFault>> {
  const faults: Partial<Record<DayField, DayFault>> = {};
  const names = Object.values(draft.name).map((name) => name.trim() !== '');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.day)) faults.day = 'day';
  else if (days.some(({ day }) => day === draft.day)) faults.day = 'twice';
  if (names.includes(true) && names.includes(false)) faults.name = 'name';
  if (draft.closed) return faults;
  const [from, to] = [readTime(draft.opens), readTime(draft.closes)];
  if (from === null) faults.opens = 'form';
  if (to === null) faults.closes = 'form';
  else if (from !== null && to <= from) faults.closes = 'order';
  return faults;
}

/** What the server is told. Only for a draft without faults. */
export function holidayOf({ day, closed, opens, closes, name }: DayDraft): Holiday {
  const named = name.fi.trim() === '' ? {} : { name };
  return closed ? { day, ...named } : { day, opens: readTime(opens) ?? '', closes: readTime(closes) ?? '', ...named };
}
