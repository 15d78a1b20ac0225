import { useEffect, useRef } from 'react';
import { TextField } from '../look/Field';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';

interface Props {
  code: string;
  onChange: (code: string) => void;
}

/** Appears after the first step; the focus moves there, so that nobody looks for it. `asked` says why. */
export function CodeStep({ asked, ...own }: Props & { asked: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box} className={css.form}>
      <p role="status">{asked}</p>
      <CodeField {...own} />
    </div>
  );
}

export function CodeField({ code, onChange }: Props) {
  const { t } = useText();
  return (
    <TextField
      label={t('signin.code')}
      hint={t('signin.codeHint')}
      value={code}
      onChange={onChange}
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={12}
      size={10}
    />
  );
}

/** A code as it is sent: people write it in two groups. */
export const oneCode = (code: string): string => code.replace(/\s/g, '');
