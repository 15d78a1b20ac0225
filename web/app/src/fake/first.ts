import type { ChatService, ChatState } from '../api/shapes';
import { Conversation } from '../chat/conversation';
import type { Saved } from '../chat/saved';
import type { Place } from '../first/handover';
import { advice } from './chat';

interface At {
  /** Where the reader was, if anywhere. */
  place?: Place | null;
  service?: ChatService;
}

/** A conversation as the first steps hand it over. */
export function handOver(known: Partial<Saved> & { state?: ChatState }, { place = null, service = advice }: At = {}): Conversation {
  const conversation = new Conversation(service.id, { contact: 'c_1', token: 'tok' }, known);
  conversation.start();
  window.luukkuFirst = {
    conversation,
    service,
    quiet: () => Promise.resolve(),
    leave: () => ({ place, heard: { origin: null, shown: null } }),
    missing: () => undefined,
  };
  return conversation;
}
