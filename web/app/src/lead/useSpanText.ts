import { formatWall } from '../text/format';
import { useText } from '../text/TextProvider';

/** "9.00–16.00" of wall times, as the language writes them; "suljettu" without them. */
export function useSpanText(): (opens: string | undefined, closes: string | undefined) => string {
  const { t, lang } = useText();
  return (opens, closes) => {
    if (!opens || !closes) return t('lead.hours.closed');
    if (opens === '00:00' && closes === '24:00') return t('lead.hours.always');
    return `${formatWall(lang, opens)}–${formatWall(lang, closes)}`;
  };
}
