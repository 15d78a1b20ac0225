import type { ReactNode } from 'react';
import { Button } from 'suomifi-ui-components';
import type { ChatState, Helped } from '../api/shapes';
import { boot } from '../boot';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { HelpQuestion } from './HelpQuestion';
import { Log, type LogProps } from './Log';
import { MailTranscript } from './MailTranscript';
import { saveTranscript } from './transcript';

interface Props {
  state: ChatState;
  serviceName: string;
  log: Omit<LogProps, 'label'>;
  /** What is taken along to another service, while that is being chosen. */
  along: ReactNode;
  /** How long an address is kept to which the transcript is mailed; none where it is not. */
  mailKeepLine: string | undefined;
  onMail: (email: string) => Promise<void>;
  onHelped: (answer: Helped) => Promise<void>;
  onClear: () => void;
  onAgain: () => void;
}

/** The end: the reference code first, then what can be kept, then the conversation itself. */
export function Ended({ state, serviceName, log, along, mailKeepLine, onMail, onHelped, onClear, onAgain }: Props) {
  const text = useText();
  const { t, time, lang } = text;
  const head = { service: serviceName, authority: boot().names[lang] ?? boot().authority, reference: state.reference };
  return (
    <div className={css.stack}>
      <FocusedHeading>{t('chat.ended.title')}</FocusedHeading>
      {state.closed_reason && <p>{t(`chat.ended.reasons.${state.closed_reason}`)}</p>}
      {along}
      {state.reference && <Reference code={state.reference} />}
      {state.status === 'closed' && state.reopen_until && (
        <p>{t('chat.ended.reopen', { time: time(state.reopen_until) })}</p>
      )}
      <div className={css.actions}>
        <Button className={css.wide} onClick={() => saveTranscript(head, log.thread.messages, text)}>
          {t('chat.ended.save')}
        </Button>
        <Button className={css.wide} variant="secondary" onClick={() => window.print()}>
          {t('chat.ended.print')}
        </Button>
        <Button className={css.wide} variant="secondary" onClick={onClear}>
          {t('chat.ended.clear')}
        </Button>
        <Button className={css.wide} variant="secondary" onClick={onAgain}>
          {t('chat.ended.again')}
        </Button>
      </div>
      {state.status === 'closed' && <MailTranscript keepLine={mailKeepLine} ordered={state.transcript} onOrder={onMail} />}
      <p className={css.hint}>{t('chat.ended.shared')}</p>
      <HelpQuestion asked={state.asks === true} onAnswer={onHelped} />
      <h2>{t('chat.log')}</h2>
      <Log {...log} label={t('chat.log')} />
    </div>
  );
}

function Reference({ code }: { code: string }) {
  const { t } = useText();
  return (
    <div className={css.reference}>
      <p>
        {t('chat.ended.reference')} <strong>{code}</strong>
      </p>
      <p>{t('chat.ended.referenceUse')}</p>
    </div>
  );
}
