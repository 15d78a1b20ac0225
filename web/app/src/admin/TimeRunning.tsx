import { useEffect, useState } from 'react';
import { call } from '../api/client';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

const LOOK = 2_000;

/** Shows how far the days have come while the server ends them one by one. */
export function TimeRunning({ from, to }: { from: number; to: number }) {
  const { t, date } = useText();
  const [now, setNow] = useState(from);
  useEffect(() => {
    const timer = setInterval(() => {
      // The server may be too busy to answer; the next look tells.
      void call('get', '/api/admin/clock').then((clock) => setNow(clock.now), () => undefined);
    }, LOOK);
    return () => clearInterval(timer);
  }, []);
  return (
    <section className={css.card} aria-labelledby="time-running">
      <FocusedHeading level={2} id="time-running">
        {t('admin.time.progress')}
      </FocusedHeading>
      <p>{t('admin.time.running')}</p>
      <progress className={page.progress} aria-labelledby="time-running" max={to - from} value={Math.min(to, Math.max(from, now)) - from} />
      <p>{t('admin.time.reached', { day: date(now) })}</p>
    </section>
  );
}
