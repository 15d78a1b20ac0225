import { useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { Holiday, LeadService } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import { Told } from '../look/Told';
import css from '../staff/staff.module.css';
import { formatDay } from '../text/format';
import { useText } from '../text/TextProvider';
import { Feasts } from './Feasts';
import { HolidayForm } from './HolidayForm';
import { withDay, withoutDay } from './holidays';
import { useSpanText } from './useSpanText';

interface Props {
  service: LeadService;
  today: string;
  onChanged: (service: LeadService) => void;
}

/** Changes the days as the server has them now, not as they were when the page was opened. */
async function change(service: string, how: (days: readonly Holiday[]) => Holiday[]): Promise<LeadService> {
  const { holidays, versions } = await call('get', '/api/lead/services/{service}', { at: { service } });
  return call('put', '/api/lead/services/{service}/holidays', { at: { service }, body: { base: versions.holidays, holidays: how(holidays) } });
}

/** Days on which a service is closed or has hours of its own. Each change is saved at once. */
export function HolidaysPart({ service, today, onChanged }: Props) {
  const { t, lang } = useText();
  const { id, name, holidays } = service;
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState('');
  const [removed, setRemoved] = useState<Holiday | null>(null);
  const act = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  const ahead = holidays.filter(({ day }) => day >= today);
  const focus = () => setTimeout(() => heading.current?.focus());

  const apply = async (how: (days: readonly Holiday[]) => Holiday[], undo: Holiday | null, text: string) => {
    onChanged(await change(id, how));
    setRemoved(undo);
    setTold(text);
    setAdding(false);
    focus();
  };
  const remove = (one: Holiday) => apply((days) => withoutDay(days, one.day), one, t('lead.holidays.removed', { day: formatDay(lang, one.day) }));
  const add = (...days: Holiday[]) => {
    const day = formatDay(lang, days[0]?.day ?? '');
    const text = days.length === 1 ? t('lead.holidays.added', { day }) : t('lead.holidays.feastsAdded', { n: days.length });
    return apply((now) => days.reduce<Holiday[]>((all, one) => withDay(all, one), [...now]), null, text);
  };

  return (
    <div className={page.part}>
      <h3 ref={heading} tabIndex={-1}>
        {t('lead.holidays.title')}
      </h3>
      <Told>
        {told && (
          <>
            {told}{' '}
            {removed && (
              <button type="button" className={page.act} onClick={() => void act.run(() => add(removed))}>
                {t('lead.holidays.undo')}
              </button>
            )}
          </>
        )}
      </Told>
      <p>{t('lead.holidays.text')}</p>
      {ahead.length === 0 && <p>{t('lead.holidays.empty')}</p>}
      {ahead.length > 0 && <Days caption={t('lead.holidays.caption', { name })} days={ahead} onRemove={(day) => void act.run(() => remove(day))} />}
      <Failure problem={act.problem} />
      {adding ? (
        <HolidayForm days={holidays} onAdd={add} onCancel={() => { setAdding(false); focus(); }} />
      ) : (
        <div className={css.row}>
          <Button variant="secondary" aria-label={t('lead.holidays.addOf', { name })} onClick={() => setAdding(true)}>
            {t('lead.holidays.add')}
          </Button>
          <Feasts service={service} today={today} onAdd={(days) => act.run(() => add(...days))} />
        </div>
      )}
    </div>
  );
}

interface DaysProps {
  caption: string;
  days: readonly Holiday[];
  onRemove: (day: Holiday) => void;
}

function Days({ caption, days, onRemove }: DaysProps) {
  const { t, lang } = useText();
  const spanText = useSpanText();
  return (
    <TableBox caption={caption}>
      <thead>
        <tr>
          <th scope="col">{t('lead.holidays.day')}</th>
          <th scope="col">{t('lead.holidays.name')}</th>
          <th scope="col">{t('lead.holidays.span')}</th>
          <th scope="col">{t('lead.queues.action')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((one) => (
          <tr key={one.day}>
            <th scope="row">{formatDay(lang, one.day)}</th>
            <td>{one.name?.[lang] ?? ''}</td>
            <td>{spanText(one.opens, one.closes)}</td>
            <td>
              <button type="button" className={page.act} aria-label={t('lead.holidays.removeOf', { day: formatDay(lang, one.day) })} onClick={() => onRemove(one)}>
                {t('lead.holidays.remove')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
