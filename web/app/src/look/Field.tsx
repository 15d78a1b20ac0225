import { type HTMLInputTypeAttribute, type ReactNode, useId } from 'react';
import { useText } from '../text/TextProvider';
import css from '../staff/staff.module.css';

interface Common {
  label: string;
  /** By which a summary of faults finds the field. */
  name?: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string | undefined;
  /** What is wrong with the value; read out with the field. */
  fault?: string | undefined;
  disabled?: boolean;
}

interface TextProps extends Common {
  type?: HTMLInputTypeAttribute;
  rows?: number;
  lang?: string;
  autoComplete?: string;
  inputMode?: 'numeric';
  maxLength?: number;
  size?: number;
}

/** One line to write, or several when `rows` is given. */
export function TextField({ label, value, onChange, hint, fault, rows, ...rest }: TextProps) {
  const field = useField(hint, fault);
  const own = { ...field.aria, ...rest, id: field.id, value };
  return (
    <Labelled {...field} label={label} hint={hint} fault={fault}>
      {rows ? (
        <textarea {...own} rows={rows} cols={48} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...own} onChange={(event) => onChange(event.target.value)} />
      )}
    </Labelled>
  );
}

interface SelectProps extends Common {
  options: readonly { id: string; name: string }[];
  /** What the first, empty choice says; without it there is none. */
  empty?: string;
}

/** One of several. The browser's own list: every assistive program knows it. */
export function SelectField({ label, name, value, onChange, hint, fault, options, empty, disabled }: SelectProps) {
  const field = useField(hint, fault);
  return (
    <Labelled {...field} label={label} hint={hint} fault={fault}>
      <select {...field.aria} id={field.id} name={name} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/**
 * The name of a group of choices, with what is wrong with them: in the legend it is read out with the
 * group. (The components' own text for a group's status names itself with an attribute that a span may not have.)
 */
export function GroupLabel({ label, fault }: Pick<Common, 'label' | 'fault'>) {
  return (
    <>
      {label}
      {fault && <span className={css.groupFault}>{fault}</span>}
    </>
  );
}

/** A reason that goes on record with what one does. */
export function ReasonField(props: Pick<Common, 'name' | 'value' | 'onChange' | 'fault'>) {
  const { t } = useText();
  return <TextField label={t('staff.reason')} hint={t('staff.reasonHint')} rows={2} maxLength={500} {...props} />;
}

interface LabelledProps {
  id: string;
  hintId: string;
  faultId: string;
  label: string;
  hint: string | undefined;
  fault: string | undefined;
  children: ReactNode;
}

/** A fault stands above its control, so that controls in a row stay in line. */
function Labelled({ id, hintId, faultId, label, hint, fault, children }: LabelledProps) {
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span id={hintId} className={css.hint}>
          {hint}
        </span>
      )}
      {fault && (
        <span id={faultId} className={css.fault}>
          {fault}
        </span>
      )}
      {children}
    </div>
  );
}

function useField(hint: string | undefined, fault: string | undefined) {
  const id = useId();
  const hintId = `${id}-hint`;
  const faultId = `${id}-fault`;
  const told = [hint && hintId, fault && faultId].filter(Boolean).join(' ');
  return { id, hintId, faultId, aria: { 'aria-describedby': told || undefined, 'aria-invalid': fault ? true : undefined } };
}
