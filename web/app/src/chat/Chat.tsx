import { useCallback, useSyncExternalStore } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import type { ChatService } from '../api/shapes';
import { FocusedHeading } from '../look/Focused';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import { Composer } from './Composer';
import type { Conversation } from './conversation';
import { EndPanel } from './EndPanel';
import { Ended } from './Ended';
import { IdleWarning } from './IdleWarning';
import { LineNote } from './LineNote';
import { Log } from './Log';
import { Lost } from './Farewell';
import { Typing } from './Typing';
import { useUnseen } from './useUnseen';
import { Waiting } from './Waiting';

interface Props {
  conversation: Conversation;
  /** Not there yet, or not offered any more. */
  service: ChatService | undefined;
  id: string;
  onClear: () => void;
  onAgain: () => void;
}

/** A running chat: waiting, talking, ended. */
export function Chat({ conversation, service, id, onClear, onAgain }: Props) {
  const { t } = useText();
  const shown = useSyncExternalStore(conversation.subscribe, conversation.snapshot);
  const { thread, state, line, returned, idleCloseAt, lost } = shown;
  const unseen = useUnseen(thread);
  const name = service?.name ?? t('chat.title');
  useTitle(unseen > 0 ? `(${unseen}) ${name}` : name);
  const onSeen = useCallback(() => conversation.seen(), [conversation]);
  const retry = useCallback((clientId: string) => conversation.retry(clientId), [conversation]);
  const drop = useCallback((clientId: string) => conversation.drop(clientId), [conversation]);
  const log = { thread, onRetry: retry, onDrop: drop };

  if (lost) return <Lost onAgain={onAgain} />;
  if (!state) return <Resuming line={<LineNote line={line} />} />;
  if (state.status === 'closed' || state.status === 'settled')
    return <Ended state={state} serviceName={name} log={log} onClear={onClear} onAgain={() => { conversation.clear(); onAgain(); }} />;

  return (
    <div className={css.chat}>
      <FocusedHeading className={css.title}>{name}</FocusedHeading>
      <LineNote line={line} />
      {state.status === 'waiting' && <Waiting state={state} returned={returned} />}
      {state.status === 'active' && state.adviser && (
        <p className={css.with}>{t('chat.with', { name: state.adviser.name })}</p>
      )}
      <Log {...log} label={t('chat.log')} onSeen={onSeen} />
      <Typing active={thread.typingUntil > 0} name={state.adviser?.name} answers={thread.messages.length} />
      {idleCloseAt !== null && <IdleWarning closeAt={idleCloseAt} onStay={() => conversation.stay()} />}
      <Composer service={id} onSend={(text) => conversation.write(text)} onTyping={() => conversation.typing()} />
      <EndPanel waiting={state.status === 'waiting'} onEnd={() => conversation.end()} onClear={onClear} />
    </div>
  );
}

function Resuming({ line }: { line: React.ReactNode }) {
  const { t } = useText();
  return (
    <div className={css.stack}>
      <InlineAlert>{t('chat.resuming')}</InlineAlert>
      {line}
    </div>
  );
}
