import { type SubmitEvent, useState } from 'react';
import { Button, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import type { Problem } from '../api/problem';
import type { AuditQuery, Named, PurposeChoice } from '../api/shapes';
import { ReasonField, SelectField, TextField } from '../look/Field';
import { type Fault, FaultSummary } from '../look/FaultSummary';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

/** The form as it is written. */
export interface Asked {
  by: AuditQuery['by'];
  staff: string;
  contact: string;
  purpose: string;
  reason: string;
}

export const noQuestion: Asked = { by: 'staff', staff: '', contact: '', purpose: '', reason: '' };

interface Props {
  purposes: readonly PurposeChoice[];
  staff: readonly Named[];
  asked: Asked;
  onChange: (asked: Asked) => void;
  problem: Problem | null;
  onSearch: (query: AuditQuery) => void;
}

/** Asks for which purpose and why before it asks about whom: both go on record. */
export function AuditForm({ purposes, staff, asked, onChange, problem, onSearch }: Props) {
  const { t } = useText();
  const [attempt, setAttempt] = useState(0);
  const faults = useFaults(asked);
  const shown = attempt > 0 ? faults : [];
  const faultOf = (name: string) => shown.find((fault) => fault.name === name)?.text;
  const change = (part: Partial<Asked>) => onChange({ ...asked, ...part });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(faults.length > 0 ? attempt + 1 : 0);
    if (faults.length === 0) onSearch(queryOf(asked));
  };
  return (
    <form className={css.card} onSubmit={submit} noValidate>
      <FaultSummary faults={shown} attempt={attempt} />
      <SelectField
        label={t('staff.purpose')}
        value={asked.purpose}
        options={purposes}
        hint={purposes.find(({ id }) => id === asked.purpose)?.law || undefined}
        onChange={(purpose) => change({ purpose })}
        fault={problem?.fields.purpose}
      />
      <ReasonField name="audit.reason" value={asked.reason} onChange={(reason) => change({ reason })} fault={faultOf('audit.reason') ?? problem?.fields.reason} />
      <RadioButtonGroup name="audit.by" labelText={t('officer.audit.by')} value={asked.by} onChange={(by) => change({ by: by === 'contact' ? 'contact' : 'staff' })}>
        <RadioButton value="staff">{t('officer.audit.byStaff')}</RadioButton>
        <RadioButton value="contact">{t('officer.audit.byContact')}</RadioButton>
      </RadioButtonGroup>
      {asked.by === 'staff' ? (
        <SelectField label={t('officer.audit.staff')} name="audit.staff" value={asked.staff} options={staff} empty={t('staff.choose')} onChange={(id) => change({ staff: id })} fault={faultOf('audit.staff')} />
      ) : (
        <TextField
          label={t('officer.audit.contact')}
          name="audit.contact"
          hint={t('officer.audit.contactHint')}
          value={asked.contact}
          onChange={(contact) => change({ contact })}
          autoComplete="off"
          maxLength={64}
          size={36}
          fault={faultOf('audit.contact') ?? problem?.fields.id}
        />
      )}
      <Button type="submit">{t('officer.audit.search')}</Button>
    </form>
  );
}

function queryOf({ by, staff, contact, purpose, reason }: Asked): AuditQuery {
  return { by, id: by === 'staff' ? staff : contact.trim(), purpose, reason: reason.trim() };
}

/** What is missing, in the order of the form. */
function useFaults({ by, staff, contact, reason }: Asked): Fault[] {
  const { t } = useText();
  const text = t('staff.required');
  const faults: Fault[] = [];
  if (reason.trim() === '') faults.push({ name: 'audit.reason', label: t('staff.reason'), text });
  if (by === 'staff' && staff === '') faults.push({ name: 'audit.staff', label: t('officer.audit.staff'), text: t('staff.chooseOne') });
  if (by === 'contact' && contact.trim() === '') faults.push({ name: 'audit.contact', label: t('officer.audit.contact'), text });
  return faults;
}
