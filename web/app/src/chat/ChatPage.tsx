import { useCallback, useEffect, useState } from 'react';
import { call } from '../api/client';
import type { ChatService } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { PageFrame } from '../embed/PageFrame';
import { useTellPage } from '../embed/useTellPage';
import { openLine as realLine, type OpenLine } from '../live/line';
import { Failure } from '../look/Failure';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';
import { Chat } from './Chat';
import css from './chat.module.css';
import { Closed } from './Closed';
import { Conversation } from './conversation';
import { FarewellPage } from './Farewell';
import { loadSaved } from './saved';
import { StartForm, type Begun } from './StartForm';

interface Props {
  service: string;
  /** A fake one in tests. */
  openLine?: OpenLine;
}

/** The citizen's page: one service, from the first question to the end. */
export default function ChatPage({ service: id, openLine = realLine }: Props) {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/chat/services', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const [conversation, setConversation] = useState(() => resumed(id, openLine));
  const [cleared, setCleared] = useState(false);
  const service = data?.services.find((each) => each.id === id);
  useTitle(service?.name ?? t('chat.title'), data?.authority.name ?? '');

  useEffect(() => {
    conversation?.start();
    return () => conversation?.stop();
  }, [conversation]);

  const begin = ({ contact, token, state }: Begun, carried: string) => {
    const begun = new Conversation(id, { contact, token }, openLine, { state });
    if (carried !== '') begun.write(carried);
    setConversation(begun);
  };

  const clear = () => {
    conversation?.clear();
    setConversation(null);
    setCleared(true);
  };

  /** Whether the service is still open has to be asked anew. */
  const again = () => {
    setConversation(null);
    setCleared(false);
    reload();
  };

  const body = () => {
    if (cleared) return <FarewellPage onAgain={again} />;
    if (conversation) return <Chat conversation={conversation} service={service} id={id} onClear={clear} onAgain={again} />;
    if (problem && !data) return <Failure problem={problem} onRetry={reload} />;
    if (!data) return <p>{t('shared.loading')}</p>;
    if (!service) return <NoSuchService />;
    return service.open ? <StartForm service={service} onBegun={begin} /> : <Closed service={service} onCheck={reload} />;
  };
  return (
    <PageFrame>
      {!conversation && <NothingKept />}
      {body()}
    </PageFrame>
  );
}

function NothingKept() {
  useTellPage(false);
  return null;
}

function resumed(service: ChatService['id'], openLine: OpenLine): Conversation | null {
  const saved = loadSaved(service);
  return saved && new Conversation(service, { contact: saved.contact, token: saved.token }, openLine, saved);
}

function NoSuchService() {
  const { t } = useText();
  return (
    <div className={css.stack}>
      <h1>{t('chat.missing.title')}</h1>
      <p>{t('chat.missing.text')}</p>
    </div>
  );
}
