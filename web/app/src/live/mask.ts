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

/** They come along when a text is copied, and nobody sees them. */
const UNSEEN = /\p{Cf}/u;

/**
 * Replaces every valid Finnish personal identity code in `text` by MASK, also where unseen characters
 * stand in it or it is written in full-width forms.
 */
export function mask(text: string): string {
  const { seen, at } = visible(text);
  let out = '';
  let done = 0;
  for (const found of seen.matchAll(CODE)) {
    if (!isCode(found)) continue;
    out += text.slice(done, at[found.index]) + MASK;
    done = (at[found.index + found[0].length - 1] ?? text.length) + 1;
  }
  return out + text.slice(done);
}

/** What can be seen, in its ordinary width, with the place of each unit. */
function visible(text: string): { seen: string; at: number[] } {
  const at: number[] = [];
  let seen = '';
  let place = 0;
  for (const character of text) {
    if (!UNSEEN.test(character)) {
      seen += ordinary(character);
      for (let unit = 0; unit < character.length; unit++) at.push(place + unit);
    }
    place += character.length;
  }
  return { seen, at };
}

function ordinary(character: string): string {
  if (character === '\ufe63') return '-';
  return character >= '\uff01' && character <= '\uff5e' ? String.fromCharCode(character.charCodeAt(0) - 0xfee0) : character;
}

function isCode([, day = '', month = '', year = '', sign = '', number = '', check = '']: string[]): boolean {
  const century = CENTURIES.find(([, signs]) => signs.includes(sign))?.[0];
  const right = CHECK[Number(day + month + year + number) % CHECK.length] === check.toUpperCase();
  const valid = century !== undefined && right && Number(number) >= 2;
  return valid && isDay(century + Number(year), Number(month), Number(day));
}

export const holdsCode = (text: string): boolean => mask(text) !== text;

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
