import type { Message, Posted } from '../api/shapes';
import type { Lang } from '../text/lookup';

/** A message of one's own that the server has not acknowledged yet. */
export interface Pending {
  clientId: string;
  text: string;
  lang: Lang;
  kind: 'reply' | 'note';
  at: number;
  /** Why the server refused it for good, in the reader's language. */
  refused?: string;
}

/**
 * One conversation as its reader has it. Numbers that the reader may not see (another's notes) are
 * holes in `messages`, so what tells a gap is `complete`, not the numbers themselves.
 */
export interface Thread {
  /** By rising n, each number once. */
  messages: readonly Message[];
  /** Everything up to this number is here. */
  complete: number;
  /** The highest number known to exist. */
  newest: number;
  pending: readonly Pending[];
  /** Up to where the other side has received and read. */
  delivered: number;
  seen: number;
  /** Until when the other side is shown as writing. */
  typingUntil: number;
}

export type ThreadEvent =
  | { t: 'message'; message: Message }
  /** The answer to a fetch after number `after`; it may end before `last`. */
  | { t: 'run'; after: number; messages: readonly Message[]; last: number }
  | { t: 'exists'; n: number }
  | { t: 'write'; pending: Pending }
  | { t: 'posted'; clientId: string; posted: Posted; from: Message['from']; contact: string }
  | { t: 'refused'; clientId: string; reason: string }
  | { t: 'retry'; clientId: string }
  | { t: 'drop'; clientId: string }
  | { t: 'delivered'; n: number }
  | { t: 'seen'; n: number }
  | { t: 'typing'; until: number };

export const emptyThread: Thread = {
  messages: [],
  complete: 0,
  newest: 0,
  pending: [],
  delivered: 0,
  seen: 0,
  typingUntil: 0,
};

/** True when numbers are known to exist that have not come: fetch after `complete`. */
export const hasGap = (thread: Thread): boolean => thread.newest > thread.complete;

/** Applies one event. Any event may come twice, late or out of order without changing the outcome. */
export function apply(thread: Thread, event: ThreadEvent): Thread {
  switch (event.t) {
    case 'message':
      return withMessage(thread, event.message);
    case 'run':
      return withRun(thread, event);
    case 'exists':
      return event.n > thread.newest ? { ...thread, newest: event.n } : thread;
    case 'write':
      return { ...thread, pending: [...thread.pending, event.pending] };
    case 'posted':
      return withPosted(thread, event);
    case 'refused':
      return withPending(thread, event.clientId, (p) => ({ ...p, refused: event.reason }));
    case 'retry':
      return withPending(thread, event.clientId, ({ refused: _refused, ...p }) => p);
    case 'drop':
      return withoutPending(thread, event.clientId);
    case 'delivered':
      return { ...thread, delivered: Math.max(thread.delivered, event.n) };
    case 'seen':
      return { ...thread, seen: Math.max(thread.seen, event.n), delivered: Math.max(thread.delivered, event.n) };
    case 'typing':
      return { ...thread, typingUntil: event.until };
  }
}

function withMessage(thread: Thread, message: Message): Thread {
  const messages = inserted(thread.messages, message);
  const known = messages === thread.messages ? thread : advanced({ ...thread, messages }, message.n);
  return message.client_id ? withoutPending(known, message.client_id) : known;
}

function withRun(thread: Thread, { after, messages, last }: Extract<ThreadEvent, { t: 'run' }>): Thread {
  const merged = messages.reduce(withMessage, thread);
  // A run that starts beyond what is complete says nothing about the numbers between.
  const reaches = after > thread.complete ? merged.complete : (messages.at(-1)?.n ?? last);
  const complete = Math.max(merged.complete, reaches);
  return advanced({ ...merged, complete }, last);
}

function withPosted(thread: Thread, event: Extract<ThreadEvent, { t: 'posted' }>): Thread {
  const { posted, contact, from, clientId } = event;
  const own = thread.pending.find((p) => p.clientId === clientId);
  const rest = withoutPending(thread, clientId);
  // What the server masked looks different there: leave a gap, so that it is fetched.
  if (!own || posted.masked) return { ...rest, newest: Math.max(rest.newest, posted.n) };
  const { text, lang } = own;
  return withMessage(rest, { contact, n: posted.n, at: posted.at, from, lang, text, client_id: clientId });
}

/** Keeps the order by n; a number that is there already stays as it is. */
function inserted(messages: readonly Message[], message: Message): readonly Message[] {
  let at = messages.length;
  while (at > 0 && (messages[at - 1]?.n ?? 0) > message.n) at--;
  if (messages[at - 1]?.n === message.n) return messages;
  return messages.toSpliced(at, 0, message);
}

/** Moves `complete` over the numbers that follow it without a hole. */
function advanced(thread: Thread, n: number): Thread {
  const { messages } = thread;
  let complete = thread.complete;
  let at = messages.length;
  while (at > 0 && (messages[at - 1]?.n ?? 0) > complete) at--;
  while (messages[at]?.n === complete + 1) {
    complete++;
    at++;
  }
  return { ...thread, complete, newest: Math.max(thread.newest, n, complete) };
}

function withPending(thread: Thread, clientId: string, change: (p: Pending) => Pending): Thread {
  return { ...thread, pending: thread.pending.map((p) => (p.clientId === clientId ? change(p) : p)) };
}

function withoutPending(thread: Thread, clientId: string): Thread {
  if (!thread.pending.some((p) => p.clientId === clientId)) return thread;
  return { ...thread, pending: thread.pending.filter((p) => p.clientId !== clientId) };
}
