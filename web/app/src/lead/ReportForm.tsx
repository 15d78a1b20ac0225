import { type SubmitEvent, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { DeskService } from '../api/shapes';
import { SelectField } from '../look/Field';
import css from '../staff/staff.module.css';
import { formatMonth } from '../text/format';
import { useText } from '../text/TextProvider';
import { type Month, monthsUpTo } from './report';

export interface Asked {
  from: Month;
  to: Month;
  /** "" is all services together. */
  service: string;
}

interface Props {
  today: string;
  services: readonly DeskService[];
  /** All services may be counted together. */
  all: boolean;
  onAsk: (asked: Asked) => void;
}

/** As many months as one report may span. */
const MONTHS = 60;

/** The last twelve months. */
export function firstAsked(today: string, services: readonly DeskService[], all: boolean): Asked {
  const months = monthsUpTo(today, 12);
  return { from: months.at(-1) ?? '', to: months[0] ?? '', service: all ? '' : (services[0]?.id ?? '') };
}

/** Whole months only: what is withheld is decided month by month. */
export function ReportForm({ today, services, all, onAsk }: Props) {
  const { t, lang } = useText();
  const months = monthsUpTo(today, MONTHS);
  const first = firstAsked(today, services, all);
  const [from, setFrom] = useState(first.from);
  const [to, setTo] = useState(first.to);
  const [service, setService] = useState(first.service);
  const [tried, setTried] = useState(false);
  const options = months.map((id) => ({ id, name: formatMonth(lang, id) }));
  const backwards = to < from;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (!backwards) onAsk({ from, to, service });
    else document.getElementsByName('report.to')[0]?.focus();
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <div className={css.row}>
        <SelectField label={t('lead.report.from')} value={from} options={options} onChange={setFrom} />
        <SelectField label={t('lead.report.to')} name="report.to" value={to} options={options} onChange={setTo} fault={tried && backwards ? t('lead.report.order') : undefined} />
        <SelectField label={t('lead.report.service')} value={service} options={services} onChange={setService} {...(all ? { empty: t('lead.report.all') } : {})} />
        <Button type="submit">{t('lead.report.show')}</Button>
      </div>
    </form>
  );
}
