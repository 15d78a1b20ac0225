import type { RightsRequest } from '../api/shapes';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';

/** How a list and a request say where something stands. */
export function useRequestWords() {
  const { t, lang, date, dateTime } = useText();
  const left = ({ days_left: days }: RightsRequest) => {
    if (days === 0) return t('rights.today');
    return days < 0 ? t('rights.late', { n: -days }) : t('rights.left', { n: days });
  };
  const warning = ({ warning: kind }: RightsRequest) => kind && t(`rights.warning.${kind}`);
  const link = (request: RightsRequest) => {
    if (!request.link) return '';
    const { state, opened, ends_at: at } = request.link;
    const stands = t(`rights.link.${state}`, { when: dateTime(at) });
    return opened > 0 ? `${stands}, ${t('rights.link.fetched', { n: opened })}` : stands;
  };
  return { left, warning, link, arrived: ({ received_at: at }: RightsRequest) => date(at), day: (day: string) => formatDay(lang, day) };
}
