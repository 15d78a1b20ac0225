import { useCallback } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Alarm } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { addressOf } from '../staff/go';
import { useText } from '../text/TextProvider';

/** What needs a person, for the officer and for the administrator. `told` says aloud when nothing does. */
export function Alarms({ told = false }: { told?: boolean }) {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/officer/alarms', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (!data) return <Failure problem={problem} onRetry={reload} />;
  if (data.alarms.length === 0 && !told) return null;
  return (
    <section className={page.part} aria-labelledby="alarms">
      <h2 id="alarms">{t('officer.alarms.title')}</h2>
      {data.alarms.length === 0 && <p>{t('officer.alarms.none')}</p>}
      <AlarmList alarms={data.alarms} />
    </section>
  );
}

export function AlarmList({ alarms }: { alarms: readonly Alarm[] }) {
  const { t, dateTime } = useText();
  return alarms.map(({ kind, since, text, settle }, i) => (
    <InlineAlert key={`${kind}/${i}`} status="warning">
      {text} {since ? t('officer.alarms.since', { when: dateTime(since) }) : ''}{' '}
      {settle && <a href={`${addressOf('/admin/keys')}#clock`}>{t('officer.alarms.settle')}</a>}
    </InlineAlert>
  ));
}
