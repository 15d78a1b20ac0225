import { useCallback, useEffect } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import page from '../look/page.module.css';
import { addressOf } from '../staff/go';
import { useText } from '../text/TextProvider';

const LOOK = 600_000;

/** Warns of printouts that should have been destroyed, or must be today; says nothing where there are none. */
export function PrintoutsDue() {
  const { t, number } = useText();
  const { data, reload } = useLoad(useCallback(() => call('get', '/api/printouts/due'), []));
  useEffect(() => {
    const timer = setInterval(reload, LOOK);
    return () => clearInterval(timer);
  }, [reload]);
  const { overdue = 0, today = 0 } = data ?? {};
  return (
    // There before it says anything, or nobody would hear what comes while they work.
    <div role="status" className={page.status}>
      {overdue + today > 0 && (
        <InlineAlert status="warning" labelText={t('desk.printouts.due')}>
          {overdue > 0 && <p>{t('desk.printouts.overdue', { n: number(overdue) })}</p>}
          {today > 0 && <p>{t('desk.printouts.today', { n: number(today) })}</p>}
          <a href={addressOf('/desk/printouts')}>{t('desk.printouts.go')}</a>
        </InlineAlert>
      )}
    </div>
  );
}
