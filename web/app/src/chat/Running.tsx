import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { ChatState, FileRules } from '../api/shapes';
import { FocusedHeading } from '../look/Focused';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { Composer } from './Composer';
import type { Conversation, Snapshot } from './conversation';
import { EndPanel } from './EndPanel';
import { sendFileIn } from './files';
import { IdleWarning } from './IdleWarning';
import { KeepNote } from './KeepNote';
import { LineNote } from './LineNote';
import { Log, type LogProps } from './Log';
import { MailTranscript } from './MailTranscript';
import { Sound } from './Sound';
import { Typing } from './Typing';
import { Waiting } from './Waiting';

interface Props {
  conversation: Conversation;
  shown: Snapshot;
  state: ChatState;
  log: Omit<LogProps, 'label'>;
  /** What is taken along to another service, while that is being chosen. */
  along: ReactNode;
  name: string;
  mailKeepLine: string | undefined;
  files: FileRules | undefined;
  onClear: () => void;
}

/** A chat that waits or goes on: the conversation, the field to write in, and the way out. */
export function Running({ conversation, shown, state, log, along, name, mailKeepLine, files, onClear }: Props) {
  const { t } = useText();
  const { thread, line, returned, idleCloseAt } = shown;
  const waiting = state.status === 'waiting';
  const sendFile = useMemo(() => sendFileIn(conversation), [conversation]);
  const [ending, setEnding, opener] = useEnding();
  return (
    <div className={css.chat}>
      <div className={css.head}>
        <FocusedHeading className={css.title}>{name}</FocusedHeading>
        {!ending && (
          <Button ref={opener} variant="secondaryNoBorder" className={css.endOpener} onClick={() => setEnding(true)}>
            {t(waiting ? 'chat.end.leaveQueue' : 'chat.end.open')}
          </Button>
        )}
      </div>
      {ending && (
        <EndPanel
          waiting={waiting}
          onEnd={() => conversation.end()}
          onClear={onClear}
          onCancel={() => setEnding(false)}
        />
      )}
      {along}
      <LineNote line={line} />
      {waiting && <Waiting state={state} returned={returned} />}
      {!waiting && state.adviser && <p className={css.with}>{t('chat.with', { name: state.adviser.name })}</p>}
      <KeepNote begun />
      <Log {...log} fill label={t('chat.log')} />
      <Typing active={thread.typingUntil > 0} name={state.adviser?.name} answers={thread.messages.length} />
      {idleCloseAt !== null && <IdleWarning closeAt={idleCloseAt} onStay={() => conversation.stay()} />}
      <Composer
        conversation={conversation}
        files={files}
        onSendFile={sendFile}
      />
      <Sound thread={thread} />
      {!waiting && (
        <MailTranscript
          keepLine={mailKeepLine}
          ordered={state.transcript}
          onOrder={(email) => conversation.orderTranscript(email)}
        />
      )}
    </div>
  );
}

/** Whether ending is being asked; the focus comes back to its button when it is called off. */
function useEnding() {
  const [ending, setEnding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !ending) opener.current?.focus();
    was.current = ending;
  }, [ending]);
  return [ending, setEnding, opener] as const;
}
