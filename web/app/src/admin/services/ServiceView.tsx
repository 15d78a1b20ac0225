import type { AdminService, LeadService } from '../../api/shapes';
import { Closing } from '../../lead/Closing';
import { HolidaysPart } from '../../lead/HolidaysPart';
import { HoursPart } from '../../lead/HoursPart';
import { RoutingPart } from '../../lead/RoutingPart';
import { WidgetPart } from '../../lead/WidgetPart';
import { BackLink } from '../../look/BackLink';
import { FocusedHeading } from '../../look/Focused';
import page from '../../look/page.module.css';
import { addressOf } from '../../staff/go';
import css from '../../staff/staff.module.css';
import { useText } from '../../text/TextProvider';
import { QueuesPart } from './QueuesPart';
import { TextsPart } from './TextsPart';
import { TopicsPart } from './TopicsPart';

interface Props {
  service: AdminService;
  today: string;
  onChanged: (service: AdminService) => void;
  onLeave: () => void;
}

/** One service; each part saves by itself. What it asks and keeps is its register's, and cannot be set here. */
export function ServiceView({ service, today, onChanged, onLeave }: Props) {
  const { t } = useText();
  const part = (now: LeadService) => onChanged({ ...service, ...now });
  return (
    <>
      <BackLink onBack={onLeave}>{t('admin.services.back')}</BackLink>
      <FocusedHeading>{service.name}</FocusedHeading>
      <p>
        {t('admin.services.register')} <a href={addressOf(`/notices/${service.notice.id}`)}>{service.notice.name}</a>
      </p>
      <div className={css.card}>
        <Closing service={service} onChanged={part} />
      </div>
      <div className={css.card}>
        <TextsPart service={service} onChanged={onChanged} />
      </div>
      <div className={page.pair}>
        <div className={css.card}>
          <TopicsPart service={service} onChanged={onChanged} />
        </div>
        <div className={css.card}>
          <QueuesPart service={service} onChanged={onChanged} />
        </div>
        <div className={css.card}>
          <RoutingPart service={service} onChanged={part} />
        </div>
        <div className={css.card}>
          <HoursPart service={service} onChanged={part} />
        </div>
        <div className={css.card}>
          <HolidaysPart service={service} today={today} onChanged={part} />
        </div>
      </div>
      <div className={css.card}>
        <WidgetPart service={service} onChanged={part} />
      </div>
    </>
  );
}
