import { type ReactNode, useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import type { ChatService } from '../api/shapes';
import { unreadOf } from '../embed/unread';
import { useTellPage } from '../embed/useTellPage';
import { FileSource } from '../file/FileSource';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';
import type { Conversation } from './conversation';
import { Ended } from './Ended';
import { Lost } from './Farewell';
import { LineNote } from './LineNote';
import type { Offer } from './offer';
import { Running } from './Running';
import { TakeAlong } from './TakeAlong';
import { fetchFileIn } from './files';
import { useUnseen } from './useUnseen';

interface Props {
  conversation: Conversation;
  /** Not there yet, or not offered any more. */
  service: ChatService | undefined;
  onClear: () => void;
  onAgain: () => void;
}

/** One contact of the citizen's: resuming, running, ended, or not there any more. */
export function Chat({ conversation, service, onClear, onAgain }: Props) {
  const { t } = useText();
  const shown = useSyncExternalStore(conversation.subscribe, conversation.snapshot);
  const { thread, state, line, lost, seen } = shown;
  useTellPage(!lost, unreadOf(thread.messages, seen));
  const unseen = useUnseen(thread);
  const name = service?.name ?? t('chat.title');
  useTitle(unseen > 0 ? `(${unseen}) ${name}` : name);
  const onSeen = useCallback(() => conversation.seen(), [conversation]);
  const onRetry = useCallback((clientId: string) => conversation.retry(clientId), [conversation]);
  const onDrop = useCallback((clientId: string) => conversation.drop(clientId), [conversation]);
  const fetchFile = useMemo(() => fetchFileIn(conversation), [conversation]);
  const [offer, setOffer] = useState<Offer | null>(null);
  const log = { thread, onRetry, onDrop, onOffer: setOffer };
  const along = offer && <TakeAlong key={offer.n} offer={offer} messages={thread.messages} onClose={() => setOffer(null)} />;

  const again = () => {
    conversation.clear();
    onAgain();
  };

  const filed = (part: ReactNode) => <FileSource.Provider value={fetchFile}>{part}</FileSource.Provider>;

  if (lost) return <Lost onAgain={again} />;
  if (!state) return <Resuming note={<LineNote line={line} />} />;
  if (state.status === 'closed' || state.status === 'settled')
    return filed(
      <Ended
        state={state}
        serviceName={name}
        log={log}
        along={along}
        mailKeepLine={service?.transcript_keep_line}
        onMail={(email) => conversation.orderTranscript(email)}
        onHelped={(answer) => conversation.sayHelped(answer)}
        onClear={onClear}
        onAgain={again}
      />,
    );
  return filed(
    <Running
      conversation={conversation}
      shown={shown}
      state={state}
      log={{ ...log, onSeen }}
      along={along}
      name={name}
      mailKeepLine={service?.transcript_keep_line}
      files={service?.files}
      onClear={onClear}
    />,
  );
}

function Resuming({ note }: { note: ReactNode }) {
  const { t } = useText();
  return (
    <div className={css.stack}>
      <InlineAlert>{t('chat.resuming')}</InlineAlert>
      {note}
    </div>
  );
}
