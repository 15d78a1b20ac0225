import type { Message } from '../api/shapes';
import type { Pending, Thread } from './thread';

/** How far a message of one's own has come. */
export type Progress = 'sending' | 'refused' | 'sent' | 'delivered' | 'seen';

/** One line of a conversation as it is shown, sent or not. */
export interface Line {
  /** Stays the same when a message is acknowledged, so that nothing is drawn or read out twice. */
  key: string;
  message: Message;
  progress?: Progress;
  pending?: Pending;
}

/** The lines to show for the reader who writes as `self`; own notes count as written by `self`. */
export function linesOf(thread: Thread, self: 'citizen' | 'adviser'): Line[] {
  const sent = thread.messages.map((message): Line => {
    const line = { key: message.client_id ?? `n${message.n}`, message };
    return message.from === self ? { ...line, progress: progressOf(thread, message.n) } : line;
  });
  return [...sent, ...thread.pending.map((pending) => waiting(pending, self))];
}

function waiting(pending: Pending, self: 'citizen' | 'adviser'): Line {
  const { clientId, text, lang, at, kind, refused } = pending;
  const from = kind === 'note' ? 'note' : self;
  const message: Message = { contact: '', n: 0, at, from, lang, text, client_id: clientId };
  return { key: clientId, message, progress: refused === undefined ? 'sending' : 'refused', pending };
}

function progressOf({ seen, delivered }: Thread, n: number): Progress {
  if (n <= seen) return 'seen';
  return n <= delivered ? 'delivered' : 'sent';
}
