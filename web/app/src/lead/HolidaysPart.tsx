import { useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import { asProblem } from '../api/problem';
import type { Holiday, LeadService } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import { Told } from '../look/Told';
import { Meanwhile } from '../settings/Meanwhile';
import { isConflict } from '../settings/SettingEnd';
import { useSetting } from '../settings/useSetting';
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

/**
 * Days on which a service is closed or has hours of its own. Each change is saved at once, over the days that are shown.
 * If somebody else was first it says what they changed and shows the days as they are now.
 */
export function HolidaysPart({ service, today, onChanged }: Props) {
  const { t, lang } = useText();
  const { id, name, holidays } = service;
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState('');
  const [removed, setRemoved] = useState<Holiday | null>(null);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id, part: 'holidays' }, service.versions.holidays);
  const conflict = isConflict(act.problem);
  const heading = useRef<HTMLHeadingElement>(null);
  const ahead = holidays.filter(({ day }) => day >= today);
  const focus = () => setTimeout(() => heading.current?.focus());

  const apply = async (how: (days: readonly Holiday[]) => Holiday[], undo: Holiday | null, text: string) => {
    const save = call('put', '/api/lead/services/{service}/holidays', { at: { service: id }, body: { base: setting.base, holidays: how(holidays) } });
    const saved = await save.catch(async (problem: unknown) => {
      if (isConflict(asProblem(problem))) onChanged(await call('get', '/api/lead/services/{service}', { at: { service: id } }));
      throw problem;
    });
    setting.seen([{ version: saved.versions.holidays }]);
    onChanged(saved);
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
      {conflict && <Meanwhile setting={setting} />}
      <Failure problem={conflict ? null : act.problem} />
      {adding ? (
        <HolidayForm days={holidays} setting={setting} onAdd={add} onCancel={() => { setAdding(false); focus(); }} />
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
