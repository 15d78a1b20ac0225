import type { ContactView, Push } from '../api/shapes';
import { apply, emptyThread, type Thread, type ThreadEvent } from '../live/thread';
import type { Lang } from '../text/lookup';

export type Kind = 'reply' | 'note';

/** One of the adviser's contacts as it is open in this window. */
export interface Opened {
  view: ContactView;
  thread: Thread;
  /** What is written and not sent, for each kind of message. In memory only. */
  drafts: Readonly<Record<Kind, string>>;
  kind: Kind;
  /** The language of what is being written, where it is not the contact's; `once` for one message only. */
  spoken: { lang: Lang; once: boolean } | null;
}

/** A contact from its view; what was already known of it in this window is kept. */
export function opened(view: ContactView, before?: Opened): Opened {
  const start = before?.thread ?? emptyThread;
  const events: ThreadEvent[] = [
    // Nobody writes in what is over.
    ...(view.status === 'active' ? [] : [{ t: 'typing', until: 0 } as const]),
    { t: 'run', after: 0, messages: view.messages, last: view.last },
    { t: 'delivered', n: view.delivered_to_citizen },
    { t: 'seen', n: view.seen_by_citizen },
  ];
  return {
    view,
    thread: events.reduce(apply, start),
    drafts: before?.drafts ?? { reply: '', note: '' },
    kind: before?.kind ?? 'reply',
    spoken: before?.spoken ?? null,
  };
}

export const withEvent = (one: Opened, event: ThreadEvent): Opened => ({ ...one, thread: apply(one.thread, event) });

/** What the socket says of a contact that is open. `until` ends the showing of "is writing". */
export function withPush(one: Opened, push: Push, until: number): Opened {
  if (push.message) {
    const wrote = push.message.from === 'citizen' ? withEvent(one, { t: 'typing', until: 0 }) : one;
    return withEvent(withPresence(wrote, PRESENT[push.message.event ?? '']), { t: 'message', message: push.message });
  }
  if (push.t === 'typing' && push.who === 'citizen') return withEvent(one, { t: 'typing', until });
  if ((push.t === 'seen' || push.t === 'delivered') && push.by === 'citizen')
    return withEvent(one, { t: push.t, n: push.n ?? 0 });
  return push.t === 'contact' ? withPresence(one, push.present) : one;
}

const PRESENT: Partial<Record<string, boolean>> = { citizen_left: false, citizen_back: true };

/** Notes whether the citizen is there, if that was told. */
export function withPresence(one: Opened, present: boolean | undefined): Opened {
  if (present === undefined || present === one.view.citizen_present) return one;
  return { ...one, view: { ...one.view, citizen_present: present } };
}
