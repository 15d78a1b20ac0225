import type { DyingGroup } from '../api/shapes';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { bucketKey, daysBetween } from './destruction';

interface Props {
  caption: string;
  today: string;
  buckets: readonly DyingGroup[];
}

/** Buckets as a table: the day, what, and the notice's own sentence about it. */
export function Dying({ caption, today, buckets }: Props) {
  const { t } = useText();
  return (
    <TableBox caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('officer.destruction.day')}</th>
          <th scope="col">{t('officer.destruction.group')}</th>
          <th scope="col">{t('officer.destruction.sentence')}</th>
          <th scope="col" className={css.number}>
            {t('officer.destruction.records')}
          </th>
          <th scope="col">{t('officer.destruction.state')}</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <Row key={bucketKey(bucket)} bucket={bucket} today={today} />
        ))}
      </tbody>
    </TableBox>
  );
}

function Row({ bucket, today }: { bucket: DyingGroup; today: string }) {
  const { t, lang, number } = useText();
  const { notice, version, group_name: group, hold, sentence, records, state, overdue } = bucket;
  return (
    <tr>
      <th scope="row">
        <When bucket={bucket} today={today} />
      </th>
      <td>
        {group}
        <br />
        <span className={css.muted}>{notice.name}</span>
      </td>
      <td>
        {sentence}
        <br />
        {hold && (
          <>
            <strong>{t('officer.destruction.held', { hold })}</strong>
            <br />
          </>
        )}
        <a href={`${notice.url}?version=${version}&lang=${lang}`}>{t('officer.destruction.notice', { name: notice.name, n: version })}</a>
      </td>
      <td className={css.number}>{number(records)}</td>
      <td>{overdue ? <strong>{t('officer.destruction.overdue')}</strong> : t(`officer.destruction.states.${state}`)}</td>
    </tr>
  );
}

function When({ bucket: { day, event = '', state }, today }: { bucket: DyingGroup; today: string }) {
  const { t, lang } = useText();
  if (!day) return t('officer.destruction.event', { event });
  const left = daysBetween(today, day);
  return (
    <>
      {formatDay(lang, day)}
      {state === 'living' && left > 0 && (
        <>
          <br />
          <span className={css.muted}>{t('officer.destruction.left', { n: left })}</span>
        </>
      )}
    </>
  );
}
