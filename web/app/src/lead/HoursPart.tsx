import { type SubmitEvent, useReducer, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { LeadService } from '../api/shapes';
import { useAct } from '../api/useAct';
import { FaultSummary } from '../look/FaultSummary';
import { FocusedHeading } from '../look/Focused';
import { Told } from '../look/Told';
import { useInPlace } from '../look/useInPlace';
import page from '../look/page.module.css';
import { SettingEnd } from '../settings/SettingEnd';
import { useSetting } from '../settings/useSetting';
import { formatWall } from '../text/format';
import { useText } from '../text/TextProvider';
import { hoursOf, hoursReducer, spanFaults, spansOf } from './hours';
import { HoursEditor } from './HoursEditor';
import { useHoursFaults } from './useHoursFaults';
import { WeekTable } from './WeekTable';

interface Props {
  service: LeadService;
  onChanged: (service: LeadService) => void;
}

/** The weekly hours: a table, and a form in its place while they are changed. */
export function HoursPart({ service, onChanged }: Props) {
  const { t } = useText();
  const { name, hours } = service;
  const { part, editing, told, edit, leave, done } = useInPlace();
  const saved = (now: LeadService) => {
    onChanged(now);
    done(t('lead.hours.saved'));
  };
  if (editing) return <HoursForm service={service} onSaved={saved} onCancel={leave} />;
  return (
    <div ref={part} className={page.part}>
      <h3>{t('lead.hours.title')}</h3>
      <Told>{told}</Told>
      <WeekTable caption={t('lead.hours.caption', { name })} hours={hours} />
      <div>
        <Button variant="secondary" aria-label={t('lead.hours.editOf', { name })} onClick={edit}>
          {t('lead.hours.edit')}
        </Button>
      </div>
    </div>
  );
}

interface FormProps {
  service: LeadService;
  onSaved: (service: LeadService) => void;
  onCancel: () => void;
}

function HoursForm({ service, onSaved, onCancel }: FormProps) {
  const { t, lang } = useText();
  const [spans, dispatch] = useReducer(hoursReducer, service.hours, (hours) => spansOf(hours, (time) => formatWall(lang, time)));
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const setting = useSetting({ kind: 'service', id: service.id, part: 'hours' }, service.versions.hours);
  const faults = spanFaults(spans);
  const shown = attempt > 0 ? faults : new Map<string, never>();
  const told = useHoursFaults(spans, shown);
  const save = async () =>
    onSaved(await call('put', '/api/lead/services/{service}/hours', { at: { service: service.id }, body: { base: setting.base, hours: hoursOf(spans) } }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.size === 0) void act.run(save);
  };
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <FocusedHeading level={3}>{t('lead.hours.caption', { name: service.name })}</FocusedHeading>
      <FaultSummary faults={told} attempt={attempt} />
      <HoursEditor spans={spans} dispatch={dispatch} faults={shown} />
      <SettingEnd act={act} setting={setting} doIt={t('staff.save')} onCancel={onCancel} />
    </form>
  );
}
