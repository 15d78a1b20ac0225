import type { Difference } from '../api/shapes';
import { useSpanText } from '../lead/useSpanText';
import { formatDay } from '../text/format';
import { isLang, type Key } from '../text/lookup';
import { useText } from '../text/TextProvider';

/** Words for the facts of a difference: what each is about, and what its values say. */
export function useDifferenceWords() {
  const { t, lang, span: duration } = useText();
  const spanText = useSpanText();
  const known = (key: string, otherwise: string) => {
    const found = t(key as Key);
    return found === key ? otherwise : found;
  };
  const item = ({ field, item: id = '' }: Difference) => {
    if (field === 'weekday') return known(`lead.days.${id}`, id);
    if (field === 'day' || field === 'day-name') return formatDay(lang, id);
    if (field === 'queue' || field === 'push') return isLang(id) ? t(`shared.languages.${id}`) : id;
    return id;
  };
  const label = (one: Difference) => {
    const of = [item(one), isLang(one.lang) && t(`shared.languages.${one.lang}`)].filter(Boolean).join(', ');
    const field = known(`settings.fields.${one.field}`, one.field);
    return of ? t('settings.fieldOf', { field, of }) : field;
  };
  const value = ({ field }: Difference, text: string) => {
    if (text === '') return t('settings.nothing');
    if (text === 'yes') return t('staff.yes');
    if (['offer', 'widen', 'warn-wait'].includes(field)) return duration(Number(text));
    if (field === 'review') return formatDay(lang, text);
    if (field === 'directory-secret') return t('settings.values.secret', { n: text });
    if (field === 'directory-passwords') return known(`settings.values.${text}`, text);
    if (['closed', 'offered', 'archived'].includes(text)) return known(`settings.values.${text}`, text);
    return field === 'weekday' || field === 'day' ? text.split(', ').map(times).join(', ') : text;
  };
  const times = (text: string) => {
    const [opens, closes] = text.split('–');
    return spanText(opens, closes);
  };
  return { label, value };
}
