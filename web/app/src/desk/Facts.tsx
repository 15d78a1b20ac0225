import type { ReactNode } from 'react';
import type { ContactView } from '../api/shapes';
import { formatDay, secondsOf } from '../text/format';
import { useText } from '../text/TextProvider';
import css from './desk.module.css';
import { useNames } from './DeskContext';

/** What tells who somebody is, as far as it tells anything. */
const CONTACT_DETAILS = ['name', 'email', 'phone'];
/** Shown in a row of their own. */
const TOLD_ELSEWHERE = [...CONTACT_DETAILS, 'text', 'note', 'reference_code', 'language', 'topic', 'started_at', 'ended_at'];

/** Who this may be, what is known, and how long it is kept. */
export function Facts({ view }: { view: ContactView }) {
  return (
    <div className={css.facts}>
      <Who view={view} />
      <Known view={view} />
      <Kept view={view} />
    </div>
  );
}

function Who({ view }: { view: ContactView }) {
  const { t } = useText();
  const details = view.fields.filter(({ id }) => CONTACT_DETAILS.includes(id));
  return (
    <Part title={t('desk.facts.who')}>
      {details.length === 0 ? (
        <p className={css.muted}>{t('desk.facts.nobody')}</p>
      ) : (
        <>
          <Rows rows={details.map(({ label, value }) => [label, value])} />
          <p className={css.muted}>{t('desk.facts.unverified')}</p>
        </>
      )}
    </Part>
  );
}

function Known({ view }: { view: ContactView }) {
  const { t, dateTime, span } = useText();
  const names = useNames();
  const at = (when: number | undefined) => (when ? dateTime(when) : '');
  const shown = (type: string, value: string) => {
    if (type === 'duration') return span(secondsOf(value));
    return type === 'instant' ? at(Number(value)) : value;
  };
  const others = view.fields.filter(({ id }) => !TOLD_ELSEWHERE.includes(id));
  return (
    <Part title={t('desk.facts.known')}>
      <Rows
        rows={[
          [t('desk.facts.lang'), names.lang(view.lang)],
          [t('desk.facts.topic'), names.topic(view.service, view.topic)],
          [t('desk.facts.opened'), at(view.opened_at)],
          [t('desk.facts.started'), at(view.started_at)],
          [t('desk.facts.closed'), at(view.closed_at)],
          [t('desk.facts.outcome'), names.outcome(view.service, view.outcome)],
          [t('desk.facts.adviser'), view.adviser?.name ?? ''],
          [t('desk.facts.reference'), view.reference ?? ''],
          ...others.map(({ label, value, type }): Row => [label, shown(type, value)]),
        ]}
      />
    </Part>
  );
}

function Kept({ view: { keep, reading } }: { view: ContactView }) {
  const { t, lang } = useText();
  return (
    <Part title={t('desk.facts.keep')}>
      <p>{keep.line}</p>
      {keep.until && <p>{t('desk.facts.until', { day: formatDay(lang, keep.until) })}</p>}
      <p>
        <a href={`${keep.notice.url}?lang=${lang}`} target="_blank" rel="noreferrer">
          {t('desk.facts.notice', { name: keep.notice.name })} {t('shared.newTab')}
        </a>
      </p>
      <p className={css.muted}>{t('desk.facts.reading', { purpose: reading.name || reading.purpose })}</p>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

type Row = [label: string, value: string];

/** Only what there is: an empty row would look like something to fill in. */
function Rows({ rows }: { rows: Row[] }) {
  return (
    <dl className={css.rows}>
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
