import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { Advanced, DyingGroup } from '../api/shapes';
import { useAct } from '../api/useAct';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { after } from './time';
import { TimeForm } from './TimeForm';
import { TimePassed } from './TimePassed';
import { TimeRunning } from './TimeRunning';

/** The demo's time machine. An instance that is not a demo has no such page. */
export default function TimePage() {
  const { t } = useText();
  return (
    <StaffFrame area="/admin/time" title={t('staff.areas.time')}>
      <h1>{t('staff.areas.time')}</h1>
      <p>{t('admin.time.text')}</p>
      <Machine />
    </StaffFrame>
  );
}

/** What was moved and what came of it. */
export interface Passed extends Advanced {
  before: readonly DyingGroup[];
  left: readonly DyingGroup[];
}

function Machine() {
  const { t, lang, dateTime } = useText();
  const { data: clock, problem, reload } = useLoad(useCallback(() => call('get', '/api/admin/clock'), []));
  const [span, setSpan] = useState<{ from: number; to: number } | null>(null);
  const [passed, setPassed] = useState<Passed | null>(null);
  const act = useAct();
  if (!clock) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;

  const plan = () => call('get', '/api/officer/destruction', { query: { lang } });
  const advance = async (period: string) => {
    setPassed(null);
    const [{ now }, { buckets: before }] = await Promise.all([call('get', '/api/admin/clock'), plan()]);
    setSpan({ from: now, to: after(now, period) });
    const done = await call('post', '/api/admin/time', { body: { advance: period } });
    const { buckets: left } = await plan();
    setPassed({ ...done, before, left });
    reload();
  };
  const move = (period: string) =>
    void act.run(async () => {
      try {
        await advance(period);
      } finally {
        setSpan(null);
      }
    });

  return (
    <>
      <p>
        <strong>{t('admin.time.now', { when: dateTime(passed?.now ?? clock.now) })}</strong>
      </p>
      {passed && <TimePassed passed={passed} />}
      <Failure problem={act.problem} />
      {span ? <TimeRunning from={span.from} to={span.to} /> : <TimeForm busy={act.busy} onMove={move} />}
    </>
  );
}
