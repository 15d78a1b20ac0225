import { type SubmitEvent, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import { ReasonField } from '../look/Field';
import { FocusedHeading } from '../look/Focused';
import page from '../look/page.module.css';
import { FormEnd } from '../staff/FormEnd';
import { useText } from '../text/TextProvider';

interface Props {
  /** What the button that opens the step says, and the step's own title. */
  open: string;
  title: string;
  text: string;
  /** Without a reason where none goes on record. */
  reasoned?: boolean;
  /** What is done cannot be taken back. */
  danger?: boolean;
  onDo: (reason: string) => Promise<unknown>;
}

/** An act that is asked once more in place, with a reason for the audit log. */
export function ReasonStep({ open, reasoned = true, onDo, ...rest }: Props) {
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const leave = () => {
    setAsking(false);
    setTimeout(() => box.current?.querySelector('button')?.focus());
  };
  if (asking) return <Asking {...rest} reasoned={reasoned} onDo={onDo} onLeave={leave} onDone={() => setAsking(false)} />;
  return (
    <div ref={box}>
      <Button variant="secondary" onClick={() => setAsking(true)}>
        {open}
      </Button>
    </div>
  );
}

interface AskingProps extends Omit<Props, 'open'> {
  onLeave: () => void;
  onDone: () => void;
}

function Asking({ title, text, reasoned, danger, onDo, onLeave, onDone }: AskingProps) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const act = useAct();
  const lacking = reasoned && reason.trim() === '';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacking) document.getElementsByName('step.reason')[0]?.focus();
    else void act.run(async () => onDo(reason.trim()).then(onDone));
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape cancels from every field inside
    <form className={page.form} onSubmit={submit} noValidate onKeyDown={({ key }) => key === 'Escape' && onLeave()}>
      <FocusedHeading level={3}>{title}</FocusedHeading>
      <p>{text}</p>
      {reasoned && <ReasonField name="step.reason" value={reason} onChange={setReason} fault={tried && lacking ? t('staff.required') : act.problem?.fields.reason} />}
      <FormEnd act={act} doIt={title} danger={danger} onCancel={onLeave} />
    </form>
  );
}
