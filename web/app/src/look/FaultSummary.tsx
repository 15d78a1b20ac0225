import { useEffect, useRef } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import css from './page.module.css';
import { useText } from '../text/TextProvider';

export interface Fault {
  /** `name` of the field at fault. */
  name: string;
  label: string;
  text: string;
}

interface Props {
  faults: readonly Fault[];
  /** Counts the attempts: each failed one moves the focus here. */
  attempt: number;
}

/** What has to be mended before a form can be sent, each with a way to its field. */
export function FaultSummary({ faults, attempt }: Props) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const any = faults.length > 0;
  useEffect(() => {
    if (any && attempt > 0) box.current?.focus();
  }, [any, attempt]);
  if (!any) return null;
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label={t('setup.faults.title')}>
      <InlineAlert status="error" labelText={t('setup.faults.title')}>
        <ul className={css.faults}>
          {faults.map(({ name, label, text }) => (
            <li key={name}>
              <button type="button" onClick={() => toField(name)}>
                {label.endsWith('?') ? label : `${label}:`} {text}
              </button>
            </li>
          ))}
        </ul>
      </InlineAlert>
    </div>
  );
}

function toField(name: string) {
  document.getElementsByName(name)[0]?.focus();
}
