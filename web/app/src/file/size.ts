import type { Lang } from '../text/lookup';

const LOCALE: Record<Lang, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

/** "340 kt", "2,4 Mt": a thousand bytes are a kilobyte, as in the limits that people are told. */
export function sizeIn(lang: Lang, bytes: number): string {
  const large = bytes >= 999_500;
  const amount = large ? bytes / 1_000_000 : Math.max(1, bytes / 1_000);
  const unit = large ? 'megabyte' : 'kilobyte';
  const digits = large && amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(LOCALE[lang], { style: 'unit', unit, maximumFractionDigits: digits }).format(amount);
}
