import { useCallback, useState } from 'react';
import { call } from '../../api/client';
import type { AdminService, AdminServices } from '../../api/shapes';
import { useLoad } from '../../api/useLoad';
import { boot } from '../../boot';
import { Failure } from '../../look/Failure';
import { useStep } from '../../look/useStep';
import { StaffFrame } from '../../staff/StaffFrame';
import { dayIn } from '../../text/format';
import { useText } from '../../text/TextProvider';
import { NewService } from './NewService';
import { ServiceList } from './ServiceList';
import { ServiceView } from './ServiceView';

/** Every service of the authority: the list, one service with its settings, or a new one. */
export default function AdminServicesPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/admin/services" title={t('staff.areas.adminServices')}>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/admin/services', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (data) return <Steps loaded={data} />;
  return (
    <>
      <h1>{t('staff.areas.adminServices')}</h1>
      {problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>}
    </>
  );
}

type Step = { at: 'list' } | { at: 'new' } | { at: 'service'; id: string };

function Steps({ loaded }: { loaded: AdminServices }) {
  const [changed, setChanged] = useState<Readonly<Record<string, AdminService>>>({});
  const [step, go] = useStep<Step>({ at: 'list' });
  const { lang } = useText();
  // Another language brings other names; what was changed or made here stays.
  const of = (one: AdminService): AdminService => ({ ...one, ...changed[one.id], name: one.name, notice: one.notice });
  const made = Object.values(changed).filter(({ id }) => loaded.services.every((one) => one.id !== id));
  const services = [...loaded.services.map(of), ...made].map((one) => ({ ...one, name: one.names[lang] }));
  const keep = (one: AdminService) => setChanged((all) => ({ ...all, [one.id]: one }));
  const service = step.at === 'service' ? services.find(({ id }) => id === step.id) : undefined;
  const today = dayIn(loaded.generated_at, boot().zone);
  if (service) return <ServiceView key={service.id} service={service} today={today} onChanged={keep} onLeave={() => go({ at: 'list' })} />;
  if (step.at === 'new') {
    const onMade = (one: AdminService) => {
      keep(one);
      go({ at: 'service', id: one.id });
    };
    return <NewService notices={loaded.notices} onMade={onMade} onLeave={() => go({ at: 'list' })} />;
  }
  return <ServiceList services={services} onOpen={(id) => go({ at: 'service', id })} onNew={() => go({ at: 'new' })} />;
}
