import { useEffect, useRef, useState } from 'react';
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components';
import { useAct } from '../api/useAct';
import type { ChatState } from '../api/shapes';
import { Failure } from '../look/Failure';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

interface Props {
  /** How long the address is kept; without it no transcript can be ordered here. */
  keepLine: string | undefined;
  /** What became of the newest order. */
  ordered: ChatState['transcript'];
  onOrder: (email: string) => Promise<void>;
}

/** Orders the conversation to an address that is given here and kept until the mail is sent. */
export function MailTranscript({ keepLine, ordered, onOrder }: Props) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const opener = useFocusBack(open);
  if (!keepLine) return null;
  return (
    <div className={css.mail}>
      {!open && ordered !== 'waiting' && (
        <Button ref={opener} className={css.wide} variant="secondary" onClick={() => setOpen(true)}>
          {t(ordered ? 'chat.mail.again' : 'chat.mail.open')}
        </Button>
      )}
      {open && <AddressForm keepLine={keepLine} onOrder={onOrder} onClose={() => setOpen(false)} />}
      <div role="status">{ordered && !open && <Outcome of={ordered} />}</div>
    </div>
  );
}

function Outcome({ of }: { of: NonNullable<ChatState['transcript']> }) {
  const { t } = useText();
  const status = of === 'waiting' || of === 'sent' ? 'neutral' : 'warning';
  return <InlineAlert status={status}>{t(`chat.mail.outcomes.${of}`)}</InlineAlert>;
}

interface FormProps {
  keepLine: string;
  onOrder: (email: string) => Promise<void>;
  onClose: () => void;
}

function AddressForm({ keepLine, onOrder, onClose }: FormProps) {
  const { t } = useText();
  const act = useAct();
  const [email, setEmail] = useState('');
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (empty || act.problem) field.current?.focus();
  }, [empty, act.problem]);

  const send = async () => {
    setEmpty(!email.trim());
    if (email.trim() && (await act.run(() => onOrder(email.trim())))) onClose();
  };
  const fault = empty ? t('chat.mail.missing') : act.problem?.fields.email;
  return (
    <form
      className={css.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextInput
        ref={field}
        name="transcript-email"
        type="email"
        autoComplete="email"
        fullWidth
        labelText={t('chat.mail.label')}
        hintText={`${keepLine} ${t('chat.mail.unsealed')}`}
        {...(fault ? { status: 'error', statusText: fault } : {})}
        value={email}
        onChange={(value) => setEmail(String(value ?? ''))}
      />
      {!fault && <Failure problem={act.problem} />}
      <div className={css.actions}>
        <Button className={css.wide} type="submit" aria-disabled={act.busy}>
          {t('chat.mail.send')}
        </Button>
        <Button className={css.wide} variant="secondary" onClick={onClose}>
          {t('chat.mail.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** The focus comes back to the button that opened the form when it is closed. */
function useFocusBack(open: boolean) {
  const opener = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !open) opener.current?.focus();
    was.current = open;
  }, [open]);
  return opener;
}
