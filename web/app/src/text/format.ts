import type { Lang } from './lookup';

/** How each language writes dates and numbers in Finland (English as in Great Britain). */
const LOCALE: Record<Lang, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

export interface Format {
  /** "21.11.2026", "21.11.2026", "21 Nov 2026" */
  date: (at: number | string) => string;
  /** "14.05", "14:05" */
  time: (at: number | string) => string;
  /** "ke 25.11. klo 9.00": a weekday and a time near in the future. */
  dayAndTime: (at: number | string) => string;
  dateTime: (at: number | string) => string;
  number: (n: number) => string;
  /** "45 s", "12 min", "2 h 5 min" from seconds. */
  span: (seconds: number) => string;
}

/** In English a month in figures reads differently on either side of an ocean. */
const monthOf = (lang: Lang) => (lang === 'en' ? 'short' : 'numeric');
const dayOf = (lang: Lang): Intl.DateTimeFormatOptions => ({ day: 'numeric', month: monthOf(lang), year: 'numeric' });

/** Formats instants (unix milliseconds or ISO 8601 text) in the authority's `zone`. */
export function formatIn(lang: Lang, zone: string): Format {
  const with_ = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(LOCALE[lang], { timeZone: zone, ...options });
    return (at: number | string) => format.format(new Date(at));
  };
  const time = with_({ hour: 'numeric', minute: '2-digit' });
  const date = with_(dayOf(lang));
  const weekday = with_({ weekday: 'short', day: 'numeric', month: monthOf(lang) });
  const number = new Intl.NumberFormat(LOCALE[lang]);
  const at = { fi: ' klo ', sv: ' kl. ', en: ', ' }[lang];
  return {
    date,
    time,
    dayAndTime: (when) => weekday(when) + at + time(when),
    dateTime: (when) => date(when) + at + time(when),
    number: (n) => number.format(n),
    span,
  };
}

/** Seconds of an ISO 8601 duration in days and smaller, as "PT1M20S". */
export function secondsOf(duration: string): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(duration);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (parts ?? []).slice(1).map((part) => Number(part || 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

function span(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.floor(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A wall time without a day, `HH:MM`: "9.00" in Finnish and Swedish, "9:00" in English. */
export function formatWall(lang: Lang, time: string): string {
  const short = time.replace(/^0(?=\d)/, '');
  return lang === 'en' ? short : short.replace(':', '.');
}

/** A reference code as people read it, "K7M-29Q-XT4", from its nine characters. */
export const formatCode = (code: string): string => code.replace(/^(\w{3})(\w{3})(\w{3})$/, '$1-$2-$3');

/** A day without a time, `YYYY-MM-DD`, as the language writes it. */
export function formatDay(lang: Lang, day: string): string {
  return new Intl.DateTimeFormat(LOCALE[lang], { timeZone: 'UTC', ...dayOf(lang) }).format(new Date(`${day}T00:00:00Z`));
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD` (as Swedish writes days). */
export function dayIn(at: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
}

/** A month, `YYYY-MM`, as "marraskuu 2026". */
export function formatMonth(lang: Lang, month: string): string {
  return new Intl.DateTimeFormat(LOCALE[lang], { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(new Date(`${month}-01T00:00:00Z`));
}
