import { Fragment } from 'react';
import type { RightsView } from '../api/shapes';
import css from '../staff/staff.module.css';
import { formatCode } from '../text/format';
import { isLang, type Key } from '../text/lookup';
import { useText } from '../text/TextProvider';

interface Props {
  said: RightsView['said'];
  hide?: readonly string[];
}

/** Fields whose values are codes, with where their words are. */
const CODED: Record<string, string> = { arrived_by: 'rights.intake.arrivals', identity_check: 'rights.accept.evidences', decision: 'rights.answer.outcomes' };
/** Fields that their notice names to the person, "your name", with what they are to somebody who handles the request. */
const NAMED: Record<string, Key> = {
  request_text: 'rights.intake.text',
  known_email: 'rights.said.email',
  known_phone: 'rights.said.phone',
  answer: 'rights.answer.say',
  name: 'rights.intake.name',
  email: 'rights.intake.email',
  postal_address: 'rights.intake.address',
  identity_check: 'rights.accept.evidence',
};
/** Said by the page itself. */
const KNOWN = ['requested_right', 'register'];

/** What is written in a request, in the order of its notice. */
export function SaidFacts({ said, hide = [] }: Props) {
  const { t, dateTime } = useText();
  const named = ({ id, label }: Props['said'][number]) => {
    const key = NAMED[id];
    return key ? t(key) : label;
  };
  const shown = ({ id, value, type }: Props['said'][number]) => {
    const words = CODED[id];
    if (words && !(id === 'arrived_by' && value === 'page')) return t(`${words}.${value}` as Key);
    if (id === 'arrived_by') return t('rights.intake.page');
    if (id === 'reference_code') return formatCode(value);
    if (type === 'instant') return dateTime(value);
    return isLang(value) && type === 'language' ? t(`shared.languages.${value}`) : value;
  };
  return (
    <dl className={css.facts}>
      {said
        .filter(({ id }) => !KNOWN.includes(id) && !hide.includes(id))
        .map((field) => (
          <Fragment key={field.id}>
            <dt>{named(field)}</dt>
            <dd>{shown(field)}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
