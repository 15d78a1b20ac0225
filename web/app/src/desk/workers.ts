import { Fetcher } from '../live/fetcher';
import { Sender } from '../live/sender';
import { emptyThread, type ThreadEvent } from '../live/thread';
import { fetchMessages, post } from './desk-api';
import type { Opened } from './opened';

/** What a contact is known as, and whom its news go to. */
interface Owner {
  opened: (contact: string) => Opened | undefined;
  dispatch: (contact: string, event: ThreadEvent) => void;
}

interface Worker {
  sender: Sender;
  fetcher: Fetcher;
  typing?: ReturnType<typeof setTimeout>;
}

/** How long somebody is shown to be writing after the last sign of it. */
export const TYPING_SHOWN = 6_000;

/** What keeps each open contact true: its lines are sent, and those that are missing fetched. */
export class Workers {
  private readonly all = new Map<string, Worker>();

  constructor(private readonly owner: Owner) {}

  readonly contacts = () => [...this.all.keys()];

  begin(contact: string) {
    if (!this.all.has(contact)) this.all.set(contact, this.make(contact));
  }

  end(contact: string) {
    const worker = this.all.get(contact);
    worker?.sender.stop();
    worker?.fetcher.stop();
    clearTimeout(worker?.typing);
    this.all.delete(contact);
  }

  /** Something is to be sent. */
  kick(contact: string) {
    this.all.get(contact)?.sender.kick();
  }

  /** Something may be missing. */
  check(contact: string) {
    this.all.get(contact)?.fetcher.check();
  }

  /** Fetches what came while nobody was told. */
  fill() {
    for (const { fetcher } of this.all.values()) void fetcher.fill();
  }

  /** Goes on after a break. */
  resume() {
    this.fill();
    for (const { sender } of this.all.values()) sender.kick();
  }

  /** Takes back after a while that somebody is writing. */
  endTyping(contact: string) {
    const worker = this.all.get(contact);
    if (!worker) return;
    clearTimeout(worker.typing);
    worker.typing = setTimeout(() => this.owner.dispatch(contact, { t: 'typing', until: 0 }), TYPING_SHOWN);
  }

  private make(contact: string): Worker {
    const { opened, dispatch } = this.owner;
    const sender = new Sender({
      next: () => opened(contact)?.thread.pending.find((p) => p.refused === undefined),
      post: (pending) => post(contact, pending),
      onPosted: ({ clientId, kind }, posted) =>
        dispatch(contact, { t: 'posted', clientId, posted, contact, from: kind === 'note' ? 'note' : 'adviser' }),
      onRefused: ({ clientId }, { detail, code }) => dispatch(contact, { t: 'refused', clientId, reason: detail || code }),
    });
    const fetcher = new Fetcher({
      thread: () => opened(contact)?.thread ?? emptyThread,
      fetch: (after) => fetchMessages(contact, after),
      dispatch: (event) => dispatch(contact, event),
    });
    return { sender, fetcher };
  }
}
