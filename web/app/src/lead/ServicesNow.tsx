import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { Closing } from './Closing';
import { useLead } from './LeadContext';

/** Which services are open, and closing one at once. */
export function ServicesNow() {
  const { t } = useText();
  const { overview, changed } = useLead();
  return (
    <section className={page.part} aria-labelledby="lead-services">
      <h2 id="lead-services">{t('lead.state.title')}</h2>
      <div className={page.pair}>
        {overview.services.map((service) => (
          <div key={service.id} className={css.card}>
            <h3>{service.name}</h3>
            <Closing service={service} onChanged={changed} />
          </div>
        ))}
      </div>
    </section>
  );
}
