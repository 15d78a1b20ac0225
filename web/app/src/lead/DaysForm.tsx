import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { DeskService } from '../api/shapes';
import { SelectField, TextField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { daysOfSpan, isDay, moved, type Span } from './days';

interface Props {
  span: Span;
  /** The newest day of which anything is told. */
  newest: string;
  service: string;
  services: readonly DeskService[];
  all: boolean;
  onSpan: (span: Span) => void;
  onService: (service: string) => void;
}

/** Which day or week, of which service; each choice is followed at once. */
export function DaysForm({ span, newest, service, services, all, onSpan, onService }: Props) {
  const { t } = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const last = daysOfSpan(moved(span, 1)).from > newest;
  const go = (next: Span) => {
    setTyped(null);
    onSpan(next);
  };
  const type = (day: string) => {
    setTyped(day);
    if (isDay(day) && day <= newest) go({ ...span, day });
  };
  const wrong = typed !== null && (isDay(typed) ? typed > newest : true);
  return (
    <div className={css.card}>
      <div className={css.row}>
        <SelectField
          label={t('lead.counts.kind')}
          value={span.kind}
          options={(['day', 'week'] as const).map((id) => ({ id, name: t(`lead.counts.kinds.${id}`) }))}
          onChange={(kind) => go({ ...span, kind: kind === 'day' ? 'day' : 'week' })}
        />
        <TextField type="date" label={t('lead.counts.day')} value={typed ?? span.day} onChange={type} fault={wrong ? t('lead.counts.notADay') : undefined} />
        <SelectField label={t('lead.report.service')} value={service} options={services} onChange={onService} {...(all ? { empty: t('lead.report.all') } : {})} />
      </div>
      <div className={css.row}>
        <Button variant="secondary" onClick={() => go(moved(span, -1))}>
          {t(`lead.counts.before.${span.kind}`)}
        </Button>
        {!last && (
          <Button variant="secondary" onClick={() => go(moved(span, 1))}>
            {t(`lead.counts.after.${span.kind}`)}
          </Button>
        )}
      </div>
    </div>
  );
}
