import { type SubmitEvent, useState } from 'react';
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { ClockStatus } from '../api/shapes';
import { useAct } from '../api/useAct';
import { Failure } from '../look/Failure';
import { type Fault, FaultSummary } from '../look/FaultSummary';
import { GroupLabel, ReasonField } from '../look/Field';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  alarm: NonNullable<ClockStatus['alarm']>;
  onSettled: (clock: ClockStatus) => void;
}

const KINDS = ['jump', 'back', 'step', 'drift'] as const;

/** What the clock did, and which time is right. Neither is chosen beforehand. */
export function ClockAlarm({ alarm, onSettled }: Props) {
  const { t, dateTime } = useText();
  const [right, setRight] = useState('');
  const [reason, setReason] = useState('');
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const faults: Fault[] = [];
  if (right === '') faults.push({ name: 'clock.right', label: t('admin.clock.question'), text: t('staff.chooseOne') });
  if (reason.trim() === '') faults.push({ name: 'clock.reason', label: t('staff.reason'), text: t('staff.required') });
  const shown = attempt > 0 ? faults : [];
  const settle = async () => onSettled(await call('post', '/api/admin/clock', { body: { accept: right === 'accept', reason: reason.trim() } }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (faults.length === 0) void act.run(settle);
  };
  const kind = KINDS.find((each) => each === alarm.kind);
  return (
    <form className={page.form} onSubmit={submit} noValidate>
      <h3>{t('admin.clock.alarm')}</h3>
      <p>{kind ? t(`admin.clock.kinds.${kind}`) : alarm.kind}</p>
      <dl className={css.facts}>
        <dt>{t('admin.clock.since')}</dt>
        <dd>{dateTime(alarm.since)}</dd>
        <dt>{t('admin.clock.from')}</dt>
        <dd>{dateTime(alarm.from)}</dd>
        <dt>{t('admin.clock.to')}</dt>
        <dd>{dateTime(alarm.to)}</dd>
      </dl>
      <FaultSummary faults={shown} attempt={attempt} />
      <RadioButtonGroup
        name="clock.right"
        labelText={<GroupLabel label={t('admin.clock.question')} fault={attempt > 0 && right === '' ? t('staff.chooseOne') : undefined} />}
        groupHintText={t('admin.clock.acceptHint')}
        value={right}
        onChange={setRight}
      >
        <RadioButton value="keep">{t('admin.clock.keep')}</RadioButton>
        <RadioButton value="accept">{t('admin.clock.accept')}</RadioButton>
      </RadioButtonGroup>
      <ReasonField name="clock.reason" value={reason} onChange={setReason} fault={shown.find(({ name }) => name === 'clock.reason')?.text ?? act.problem?.fields.reason} />
      <Failure problem={act.problem} />
      <Button type="submit" aria-disabled={act.busy}>
        {t('admin.clock.settle')}
      </Button>
    </form>
  );
}
