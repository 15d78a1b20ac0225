import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { ClockStatus } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { Told } from '../look/Told';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { ClockAlarm } from './ClockAlarm';
import { useHeading } from './useHeading';

/** The clock's rules: nothing is destroyed on a clock that cannot be trusted. */
export function ClockPart() {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/admin/clock'), []);
  const { data, problem, reload } = useLoad(load);
  const [settled, setSettled] = useState<ClockStatus | null>(null);
  const [heading, focus] = useHeading();
  const clock = settled ?? data;
  const onSettled = (now: ClockStatus) => {
    setSettled(now);
    focus();
  };
  if (!clock) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  return (
    <section id="clock" className={css.card} aria-labelledby="clock-title">
      <h2 id="clock-title" ref={heading} tabIndex={-1}>
        {t('admin.clock.title')}
      </h2>
      <Told>{settled && t('admin.clock.settled')}</Told>
      <Facts clock={clock} />
      {clock.alarm && <ClockAlarm alarm={clock.alarm} onSettled={onSettled} />}
    </section>
  );
}

function Facts({ clock }: { clock: ClockStatus }) {
  const { t, dateTime } = useText();
  const state = clock.alarm ? 'stopped' : clock.steady ? 'may' : 'wait';
  return (
    <dl className={css.facts}>
      <dt>{t('admin.clock.now')}</dt>
      <dd>{dateTime(clock.now)}</dd>
      <dt>{t('admin.clock.mark')}</dt>
      <dd>{clock.mark ? dateTime(clock.mark) : t('admin.clock.noMark')}</dd>
      <dt>{t('admin.clock.steady')}</dt>
      <dd>{state === 'may' ? t('admin.clock.may') : <strong>{t(`admin.clock.${state}`)}</strong>}</dd>
    </dl>
  );
}
