import { useCallback, useState } from 'react';
import { call } from '../api/client';
import type { LeadService } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { boot } from '../boot';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { dayIn } from '../text/format';
import { useText } from '../text/TextProvider';
import { Closing } from './Closing';
import { HolidaysPart } from './HolidaysPart';
import { HoursPart } from './HoursPart';
import { RoutingPart } from './RoutingPart';
import { WidgetPart } from './WidgetPart';

/** The settings of the services that a lead leads: closing, weekly hours, exceptional days, how contacts are given out, other sites. */
export default function ServicesPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/lead/services" title={t('staff.areas.services')}>
      <h1>{t('staff.areas.services')}</h1>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/lead/overview', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  if (!data) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  if (data.services.length === 0) return <p>{t('lead.state.none')}</p>;
  const today = dayIn(data.generated_at, boot().zone);
  return data.services.map((service) => <Service key={service.id} loaded={service} today={today} />);
}

/** One service; each part saves by itself and shows what the server then has. */
function Service({ loaded, today }: { loaded: LeadService; today: string }) {
  const [changed, setChanged] = useState<LeadService | null>(null);
  // Another language brings another name; what was changed here stays.
  const service = changed ? { ...changed, name: loaded.name } : loaded;
  return (
    <section className={css.card} aria-labelledby={`service-${service.id}`}>
      <h2 id={`service-${service.id}`}>{service.name}</h2>
      <Closing service={service} onChanged={setChanged} />
      <div className={page.pair}>
        <HoursPart service={service} onChanged={setChanged} />
        <HolidaysPart service={service} today={today} onChanged={setChanged} />
      </div>
      <RoutingPart service={service} onChanged={setChanged} />
      <WidgetPart service={service} onChanged={setChanged} />
    </section>
  );
}
