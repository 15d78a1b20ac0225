import { useCallback } from 'react';
import { call } from '../api/client';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { StaffFrame } from '../staff/StaffFrame';
import { useText } from '../text/TextProvider';
import { AuditSearch } from './AuditSearch';
import { registersOf } from './destruction';

/** Who did what to whose data, by contact and by member of staff. */
export default function AuditPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/officer/audit" title={t('staff.areas.audit')}>
      <h1>{t('staff.areas.audit')}</h1>
      <p>{t('officer.audit.text')}</p>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(async () => {
    const [{ purposes }, { staff }, { buckets }] = await Promise.all([
      call('get', '/api/officer/purposes', { query: { lang } }),
      call('get', '/api/officer/staff'),
      call('get', '/api/officer/destruction', { query: { lang } }),
    ]);
    return { purposes, staff, registers: new Map(registersOf(buckets).map(({ id, name }) => [id, name])) };
  }, [lang]);
  const { data, problem, reload } = useLoad(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  if (data.purposes.length === 0) return <p>{t('officer.audit.noPurpose')}</p>;
  return <AuditSearch {...data} />;
}
