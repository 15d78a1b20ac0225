import type { Dispatch } from 'react';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { boot } from '../boot';
import { TextField } from '../look/Field';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { type Edge, type HoursAction, type Span, type SpanFault, type Weekday, WEEKDAYS } from './hours';
import leadCss from './lead.module.css';

interface Props {
  spans: readonly Span[];
  dispatch: Dispatch<HoursAction>;
  zone?: string;
  /** By `id.edge`; empty until somebody tried to save. */
  faults: ReadonlyMap<string, SpanFault>;
}

/** The week as a form: for each day any number of times. */
export function HoursEditor({ spans, dispatch, faults, zone = boot().zone }: Props) {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    dispatch({ do: 'copy' });
    setCopied(true);
  };
  return (
    <>
      <p className={css.hint}>{t('lead.hours.hint', { zone })}</p>
      <div className={leadCss.days}>
        {WEEKDAYS.map((weekday) => (
          <Day key={weekday} weekday={weekday} spans={spans.filter((span) => span.weekday === weekday)} dispatch={dispatch} faults={faults}>
            {weekday === 1 && (
              <>
                <button type="button" className={page.act} onClick={copy}>
                  {t('lead.hours.copy')}
                </button>
                <span role="status">{copied && t('lead.hours.copied')}</span>
              </>
            )}
          </Day>
        ))}
      </div>
    </>
  );
}

interface DayProps extends Omit<Props, 'zone'> {
  weekday: Weekday;
  children: React.ReactNode;
}

function Day({ weekday, spans, dispatch, faults, children }: DayProps) {
  const { t } = useText();
  const day = t(`lead.days.${weekday}`);
  return (
    <fieldset className={leadCss.day}>
      <legend>{day}</legend>
      {spans.length === 0 && <p className={css.muted}>{t('lead.hours.closed')}</p>}
      {spans.map((span, i) => (
        <div key={span.id} className={leadCss.spans}>
          <TimeField span={span} edge="opens" dispatch={dispatch} fault={faults.get(`${span.id}.opens`)} />
          <TimeField span={span} edge="closes" dispatch={dispatch} fault={faults.get(`${span.id}.closes`)} />
          <button type="button" className={page.act} aria-label={t('lead.hours.removeOn', { day, n: i + 1 })} onClick={() => dispatch({ do: 'remove', id: span.id })}>
            {t('staff.remove')}
          </button>
        </div>
      ))}
      <div className={leadCss.spans}>
        <Button variant="secondary" aria-label={t('lead.hours.addOn', { day })} onClick={() => dispatch({ do: 'add', weekday })}>
          {t('lead.hours.add')}
        </Button>
        {children}
      </div>
    </fieldset>
  );
}

interface TimeProps {
  span: Span;
  edge: Edge;
  dispatch: Dispatch<HoursAction>;
  fault: SpanFault | undefined;
}

function TimeField({ span, edge, dispatch, fault }: TimeProps) {
  const { t } = useText();
  return (
    <TextField
      label={t(`lead.hours.${edge}`)}
      name={`hours.${span.id}.${edge}`}
      value={span[edge]}
      onChange={(text) => dispatch({ do: 'write', id: span.id, edge, text })}
      autoComplete="off"
      size={6}
      maxLength={6}
      fault={fault && t(`lead.hours.faults.${fault}`)}
    />
  );
}
