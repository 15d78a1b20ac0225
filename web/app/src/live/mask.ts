/** What stands where a personal identity code stood. The server masks in the same way. */
export const MASK = '••••••-••••';

/** The index is the number ddmmyynnn modulo 31. */
const CHECK = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** Any dash counts as a hyphen; the letters but A have been in use since 2023. */
const CENTURIES: [number, string][] = [
  [1800, '+'],
  [1900, '-\u2010\u2011\u2012\u2013\u2014\u2212YXWVUyxwvu'],
  [2000, 'ABCDEFabcdef'],
];

/** ddmmyy, separator, individual number, check character; not a part of a longer run of digits. */
const CODE = /(?<![0-9])([0-9]{2})([0-9]{2})([0-9]{2})([^0-9\s])([0-9]{3})([A-Za-z]|[0-9](?![0-9]))/gu;

/** Replaces every valid Finnish personal identity code in `text` by MASK. */
export function mask(text: string): string {
  return text.replace(CODE, (code, day: string, month: string, year: string, sign: string, number: string, check: string) => {
    const century = CENTURIES.find(([, signs]) => signs.includes(sign))?.[0];
    const right = CHECK[Number(day + month + year + number) % CHECK.length] === check.toUpperCase();
    const valid = century !== undefined && right && Number(number) >= 2;
    return valid && isDay(century + Number(year), Number(month), Number(day)) ? MASK : code;
  });
}

export const holdsCode = (text: string): boolean => mask(text) !== text;

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
