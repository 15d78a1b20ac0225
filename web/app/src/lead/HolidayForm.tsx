import { type SubmitEvent, useState } from 'react';
import { RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import type { Holiday } from '../api/shapes';
import { useAct } from '../api/useAct';
import { type Fault, FaultSummary } from '../look/FaultSummary';
import { TextField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { SettingEnd } from '../settings/SettingEnd';
import type { Setting } from '../settings/useSetting';
import css from '../staff/staff.module.css';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import { type DayDraft, type DayFault, dayFaults, type DayField, emptyDay, holidayOf } from './holidays';
import { ThreeTextFields } from './ThreeTextFields';

interface Props {
  setting: Setting;
  days: readonly Holiday[];
  onAdd: (day: Holiday) => Promise<void>;
  onCancel: () => void;
}

/** One exceptional day more. */
export function HolidayForm({ days, setting, onAdd, onCancel }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState<DayDraft>(emptyDay);
  const [attempt, setAttempt] = useState(0);
  const act = useAct();
  const faults = dayFaults(draft, days);
  const shown = attempt > 0 ? faults : {};
  const textOf = useFaultText();
  const change = (part: Partial<DayDraft>) => setDraft({ ...draft, ...part });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Object.keys(faults).length === 0) void act.run(() => onAdd(holidayOf(draft)));
  };
  const gap = shown.name ? LANGS.find((lang) => draft.name[lang].trim() === '') : undefined;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.form} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <FocusedHeading level={3}>{t('lead.holidays.addTitle')}</FocusedHeading>
      <FaultSummary faults={useSummary(shown, gap)} attempt={attempt} />
      <TextField label={t('lead.holidays.day')} name="day.day" type="date" value={draft.day} onChange={(day) => change({ day })} fault={textOf(shown.day)} />
      <RadioButtonGroup name="day.kind" labelText={t('lead.holidays.kind')} value={draft.closed ? 'closed' : 'open'} onChange={(kind) => change({ closed: kind === 'closed' })}>
        <RadioButton value="closed">{t('lead.holidays.closedAllDay')}</RadioButton>
        <RadioButton value="open">{t('lead.holidays.ownHours')}</RadioButton>
      </RadioButtonGroup>
      {!draft.closed && (
        <div className={css.row}>
          {(['opens', 'closes'] as const).map((edge) => (
            <TextField key={edge} label={t(`lead.hours.${edge}`)} name={`day.${edge}`} size={6} maxLength={6} autoComplete="off" value={draft[edge]} onChange={(text) => change({ [edge]: text })} fault={textOf(shown[edge])} />
          ))}
        </div>
      )}
      <ThreeTextFields
        label={t('lead.holidays.nameFields')}
        hint={t('lead.holidays.nameHint')}
        name="day.name"
        maxLength={80}
        value={draft.name}
        onChange={(name) => change({ name })}
        faults={gap ? { [gap]: textOf('name') } : {}}
      />
      <SettingEnd act={act} setting={setting} doIt={t('staff.add')} onCancel={onCancel} />
    </form>
  );
}

/** In the order of the form. */
const FIELDS: readonly DayField[] = ['day', 'opens', 'closes', 'name'];

function useFaultText(): (fault: DayFault | undefined) => string | undefined {
  const { t } = useText();
  return (fault) => {
    if (!fault) return undefined;
    return fault === 'form' || fault === 'order' ? t(`lead.hours.faults.${fault}`) : t(`lead.holidays.faults.${fault}`);
  };
}

function useSummary(faults: Partial<Record<DayField, DayFault>>, gap: string | undefined): Fault[] {
  const { t } = useText();
  const textOf = useFaultText();
  const labels: Record<DayField, string> = {
    day: t('lead.holidays.day'),
    opens: t('lead.hours.opens'),
    closes: t('lead.hours.closes'),
    name: t('lead.holidays.nameFields'),
  };
  return FIELDS.filter((field) => faults[field]).map((field) => ({
    name: field === 'name' ? `day.name.${gap ?? ''}` : `day.${field}`,
    label: labels[field],
    text: textOf(faults[field]) ?? '',
  }));
}
