import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { call } from '../api/client';
import type { ChatService } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { PageFrame } from '../embed/PageFrame';
import { isEmbedded, listen } from '../embed/page';
import { useTellPage } from '../embed/useTellPage';
import { goTo, type Handover } from '../first/handover';
import { openLine as realLine, type OpenLine } from '../live/line';
import { holdFocus } from '../look/Focused';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';
import { Chat } from './Chat';
import type { Conversation } from './conversation';
import { FarewellPage } from './Farewell';

interface Props {
  service: string;
  /** A fake one in tests. */
  openLine?: OpenLine;
}

/** Whether the service is still open has to be asked anew: the start form is the server's. */
const again = () => location.reload();

/** The citizen's page once a chat has begun: from the first message to the end. What came before, `first/` did. */
export default function ChatPage({ service: id, openLine = realLine }: Props) {
  const [first] = useState(() => window.luukkuFirst);
  return first ? <Begun id={id} first={first} openLine={openLine} /> : null;
}

interface BegunProps {
  id: string;
  first: Handover;
  openLine: OpenLine;
}

function Begun({ id, first, openLine }: BegunProps) {
  const { conversation } = first;
  const { t } = useText();
  const [authority, service] = useService(id, first.service);
  const [cleared, setCleared] = useState(false);
  useTitle(service?.name ?? t('chat.title'), authority);
  useArrival(first);
  useLine(conversation, openLine);

  const clear = () => {
    conversation.clear();
    setCleared(true);
  };
  return (
    <PageFrame>
      {cleared && <NothingKept />}
      {cleared ? <FarewellPage onAgain={again} /> : <Chat conversation={conversation} service={service} onClear={clear} onAgain={again} />}
    </PageFrame>
  );
}

/** The service in the page's language; until that is there, as it was when the page came. */
function useService(id: string, known: ChatService | undefined) {
  const { lang } = useText();
  const load = useCallback(() => call('get', '/api/chat/services', { query: { lang } }), [lang]);
  const { data } = useLoad(load);
  const service = data ? data.services.find((each) => each.id === id) : known;
  return [data?.authority.name ?? '', service] as const;
}

/** Takes the place of the first steps in the moment between drawing and showing: the reader stays where they were. */
function useArrival(first: Handover) {
  useLayoutEffect(() => {
    const { place, heard } = first.leave();
    if (isEmbedded()) listen(heard);
    const root = document.getElementById('app') ?? document.body;
    holdFocus(place !== null && goTo(place, root));
  }, [first]);
  // Effects of the parts have run by now; what comes later may take the focus again.
  useEffect(() => holdFocus(false), []);
}

function useLine(conversation: Conversation, openLine: OpenLine) {
  useEffect(() => {
    conversation.connect(openLine);
    return () => conversation.stop();
  }, [conversation, openLine]);
}

function NothingKept() {
  useTellPage(false);
  return null;
}
