import type { Problem } from '../api/problem';
import type { Fault } from '../look/FaultSummary';
import { TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import { type PersonFault, personFaults } from './grants';

export interface PersonDraft {
  username: string;
  name: string;
  email: string;
}

type Field = keyof PersonDraft;

interface Props {
  draft: PersonDraft;
  /** A username never changes once it is there. */
  fields: readonly Field[];
  onChange: (part: Partial<PersonDraft>) => void;
  faults: readonly Fault[];
  problem: Problem | null;
}

const FILL: Record<Field, string> = { username: 'off', name: 'off', email: 'off' };

/** Who an account belongs to. */
export function PersonFields({ draft, fields, onChange, faults, problem }: Props) {
  const { t } = useText();
  const label = useFieldLabel();
  const hints: Partial<Record<Field, string>> = { username: t('admin.add.usernameHint'), email: t('admin.add.emailHint') };
  return fields.map((field) => (
    <TextField
      key={field}
      label={label(field)}
      name={`person.${field}`}
      hint={hints[field]}
      value={draft[field]}
      onChange={(text) => onChange({ [field]: text })}
      autoComplete={FILL[field]}
      size={32}
      maxLength={200}
      fault={faults.find(({ name }) => name === `person.${field}`)?.text ?? problem?.fields[field]}
    />
  ));
}

function useFieldLabel(): (field: Field) => string {
  const { t } = useText();
  return (field) => (field === 'email' ? t('admin.add.email') : t(`admin.list.${field}`));
}

/** What is wrong, in the order of the form. */
export function usePersonFaults(draft: PersonDraft, fields: readonly Field[]): Fault[] {
  const { t } = useText();
  const label = useFieldLabel();
  const faults = personFaults(draft);
  const text = (fault: PersonFault) => (fault === 'empty' ? t('staff.required') : t(`admin.add.faults.${fault}`));
  return fields.flatMap((field) => {
    const fault = faults[field];
    return fault ? [{ name: `person.${field}`, label: label(field), text: text(fault) }] : [];
  });
}
