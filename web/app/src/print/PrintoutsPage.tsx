import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { Printout } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { Told } from '../look/Told';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { PrintoutList } from './PrintoutList';

/** The printouts that one answers for: what is out, what is late, and what has been destroyed by whom. */
export default function PrintoutsPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/desk/printouts" title={t('staff.areas.printouts')}>
      <h1>{t('staff.areas.printouts')}</h1>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/printouts', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const [told, setTold] = useState('');
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const destroyed = async ({ id, number: n }: Printout) => {
    setTold('');
    await call('post', '/api/printouts/{printout}/destroyed', { at: { printout: id } });
    setTold(t('desk.printouts.ended', { n }));
    reload();
  };
  const late = data.printouts.filter(({ state }) => state === 'overdue').length;
  return (
    <>
      <p>{t('desk.printouts.intro')}</p>
      {data.keep && <p>{t('desk.printouts.keep', { keep: data.keep })}</p>}
      <Told>{told}</Told>
      <Failure problem={problem} onRetry={reload} />
      {late > 0 && <p><b>{t('desk.printouts.overdue', { n: late })}</b></p>}
      {data.printouts.length === 0 ? <p>{t('desk.printouts.none')}</p> : <PrintoutList printouts={data.printouts} onDestroyed={destroyed} onStale={reload} />}
      {data.more && <p>{t('desk.printouts.more')}</p>}
    </>
  );
}
