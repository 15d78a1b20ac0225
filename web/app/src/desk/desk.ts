import { call } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Board, Connected, ContactView, DeskAnswers, Push } from '../api/shapes';
import { Fetcher } from '../live/fetcher';
import { newClientId } from '../live/id';
import type { Line, LineState, OpenLine } from '../live/line';
import { mask } from '../live/mask';
import { Sender } from '../live/sender';
import { Receipts } from '../live/receipts';
import { emptyThread, type ThreadEvent } from '../live/thread';
import type { Lang } from '../text/lookup';
import { accept, endHandover, fetchMessages, openContact, post, take } from './desk-api';
import { newsOf, type News } from './handover';
import { type Kind, type Opened, opened, withEvent, withPresence, withPush } from './opened';

/** What is said aloud of things that happen beside the contact in view. */
export interface Said {
  what: 'message' | 'left' | 'taken_away' | 'closed' | News['what'];
  contact: string;
  /** Tells two of a kind apart. */
  id: number;
}

export interface DeskSnapshot {
  board: Board | null;
  /** This computer's time when the board came: its clock may differ from the server's. */
  boardAt: number;
  open: ReadonlyMap<string, Opened>;
  selected: string | null;
  line: LineState;
  said: Said | null;
  /** Why the selected contact could not be opened. */
  problem: Problem | null;
}

const POLL = 5_000;
const TYPING_SHOWN = 6_000;
/** Events in a conversation that change more than its lines. */
const TURNS: readonly unknown[] = ['taken', 'passed', 'queued', 'returned', 'adviser_gone', 'closed', 'reopened'];

/** The adviser's desk: the board, the contacts that are open, and everything that keeps them true. */
export class Desk {
  /** Ready answers by service, as they were last loaded. */
  readonly answers = new Map<string, DeskAnswers>();
  private now: DeskSnapshot = {
    board: null,
    boardAt: 0,
    open: new Map(),
    selected: null,
    line: 'connecting',
    said: null,
    problem: null,
  };
  private news: ((contact: string) => void) | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly workers = new Map<string, { sender: Sender; fetcher: Fetcher; typing?: ReturnType<typeof setTimeout> }>();
  private readonly receipts = new Receipts(() => ({ line: this.line, state: this.now.line }));
  private line: Line | undefined;
  private poll: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly openLine: OpenLine,
    private readonly onSignedOut: () => void,
  ) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly snapshot = () => this.now;

  /** Has somebody told of each message of a citizen as it comes; gives what ends that. */
  listen(news: (contact: string) => void) {
    this.news = news;
    return () => void (this.news = undefined);
  }

  start() {
    this.line = this.openLine({
      greeting: () => ({ after: this.numbers(), lang: document.documentElement.lang }),
      onConnected: (answer) => this.onConnected(answer),
      onPush: (push) => this.onPush(push),
      onState: (line) => this.onLine(line),
    });
    document.addEventListener('visibilitychange', this.onLook);
    void this.loadBoard();
  }

  stop() {
    this.line?.close();
    clearInterval(this.poll);
    document.removeEventListener('visibilitychange', this.onLook);
    for (const contact of [...this.workers.keys()]) this.dismiss(contact);
  }

  async loadBoard() {
    const board = await call('get', '/api/desk/board', { query: { lang: document.documentElement.lang } }).catch(asProblem);
    if (!(board instanceof Error)) this.setBoard(board);
  }

  /** Shows a contact of one's own and opens it, which starts a reading session. */
  async select(contact: string | null) {
    this.change({ selected: contact, problem: null });
    if (contact === null) return;
    if (!this.now.open.has(contact)) await this.refresh(contact);
    this.seen(contact);
  }

  /** Opens again, for what a change of state has changed besides the messages. */
  async refresh(contact: string) {
    const view = await openContact(contact).catch(asProblem);
    if (!(view instanceof Error)) this.keep(view);
    else if (this.now.selected === contact) this.change({ problem: view });
  }

  /** Takes the one that has waited longest, and shows it. Throws a Problem when there is none. */
  async takeNext(from: { service?: string; language?: Lang } = {}) {
    const taken = await call('post', '/api/desk/take', { body: from });
    await this.show(taken.contact);
  }

  async take(contact: string) {
    await take(contact);
    await this.show(contact);
  }

  /** Takes a contact that a colleague asks about, and shows it. Throws a Problem when the question has ended. */
  async accept(contact: string) {
    await accept(contact);
    await this.show(contact);
  }

  /** Declines, takes the question back, or stops reading along: then nothing of the contact stays here. */
  async endHandover(contact: string) {
    const along = this.now.board?.mine.some((each) => each.contact === contact && each.along) ?? false;
    try {
      await endHandover(contact);
      if (along) this.forget(contact);
    } finally {
      await this.loadBoard();
    }
  }

  /** The board may come later than the contact: whoever already reads it can go on, and take another. */
  private show(contact: string) {
    void this.loadBoard();
    return this.select(contact);
  }

  async setPresence(state: 'present' | 'busy' | 'away') {
    await call('post', '/api/desk/presence', { body: { state } });
    await this.loadBoard();
  }

  write(contact: string, kind: Kind, text: string, lang: Lang) {
    this.draft(contact, kind, '');
    this.update(contact, (one) => (one.spoken?.once ? { ...one, spoken: null } : one));
    this.dispatch(contact, {
      t: 'write',
      pending: { clientId: newClientId(), text: mask(text), lang, kind, at: Date.now() },
    });
    this.workers.get(contact)?.sender.kick();
  }

  /** Line `n` is stored and shown when it comes. */
  readonly exists = (contact: string, n: number) => this.dispatch(contact, { t: 'exists', n });

  retry(contact: string, clientId: string) {
    this.dispatch(contact, { t: 'retry', clientId });
    this.workers.get(contact)?.sender.kick();
  }

  drop(contact: string, clientId: string) {
    this.dispatch(contact, { t: 'drop', clientId });
  }

  draft(contact: string, kind: Kind, text: string) {
    this.update(contact, (one) => ({ ...one, drafts: { ...one.drafts, [kind]: text } }));
    if (text !== '' && kind === 'reply') this.receipts.typing(contact);
  }

  /** Says in which language one writes; `once` until the next message has gone. */
  speak(contact: string, lang: Lang, once = false) {
    this.update(contact, (one) => ({ ...one, spoken: { lang, once } }));
  }

  setKind(contact: string, kind: Kind) {
    this.update(contact, (one) => ({ ...one, kind }));
  }

  /** The contact is not this adviser's any more: nothing of it stays in the window. */
  forget(contact: string) {
    this.dismiss(contact);
    const open = new Map(this.now.open);
    open.delete(contact);
    this.change({ open, selected: this.now.selected === contact ? null : this.now.selected });
  }

  /** A board may be older than a taking: only the contact itself tells that it is gone. */
  private async check(contact: string) {
    const view = await openContact(contact).catch(asProblem);
    if (!(view instanceof Error)) return this.keep(view);
    if (view.passing || !this.now.open.has(contact)) return;
    if (this.now.open.get(contact)?.view.status !== 'closed') this.say('taken_away', contact);
    this.forget(contact);
  }

  private keep(view: ContactView) {
    const { contact } = view;
    if (!this.workers.has(contact)) this.workers.set(contact, this.workersOf(contact));
    const open = new Map(this.now.open).set(contact, opened(view, this.now.open.get(contact)));
    this.change({ open });
    this.workers.get(contact)?.fetcher.check();
    this.received(contact);
  }

  private workersOf(contact: string) {
    const sender = new Sender({
      next: () => this.now.open.get(contact)?.thread.pending.find((p) => p.refused === undefined),
      post: (pending) => post(contact, pending),
      onPosted: ({ clientId, kind }, posted) =>
        this.dispatch(contact, { t: 'posted', clientId, posted, contact, from: kind === 'note' ? 'note' : 'adviser' }),
      onRefused: ({ clientId }, { detail, code }) =>
        this.dispatch(contact, { t: 'refused', clientId, reason: detail || code }),
    });
    const fetcher = new Fetcher({
      thread: () => this.now.open.get(contact)?.thread ?? emptyThread,
      fetch: (after) => fetchMessages(contact, after),
      dispatch: (event) => this.dispatch(contact, event),
    });
    return { sender, fetcher };
  }

  private dismiss(contact: string) {
    const worker = this.workers.get(contact);
    worker?.sender.stop();
    worker?.fetcher.stop();
    clearTimeout(worker?.typing);
    this.workers.delete(contact);
    this.receipts.forget(contact);
  }

  private numbers() {
    return Object.fromEntries([...this.now.open].map(([contact, { thread }]) => [contact, thread.complete]));
  }

  private onConnected({ board, messages }: Connected) {
    if (board) this.setBoard(board);
    for (const message of messages) this.dispatch(message.contact, { t: 'message', message });
    for (const [contact, { sender, fetcher }] of this.workers) {
      void fetcher.fill();
      sender.kick();
      this.receipts.forget(contact);
    }
  }

  private onPush(push: Push) {
    const contact = push.contact || push.message?.contact || '';
    if (push.board) this.setBoard(push.board);
    if (push.t === 'notice') return this.onNotice(push.notice, contact);
    if (!contact) return;
    this.update(contact, (one) => withPush(one, push, Date.now() + TYPING_SHOWN));
    if (push.t === 'typing') this.endTyping(contact);
    if (push.t === 'message') this.onMessage(contact, push.message);
    if (push.t === 'contact') this.onContact(contact, push);
    this.workers.get(contact)?.fetcher.check();
    this.received(contact);
  }

  private onMessage(contact: string, message: Push['message']) {
    if (TURNS.includes(message?.event)) void this.refresh(contact);
    if (message?.event === 'citizen_left') this.say('left', contact);
    if (message?.from !== 'citizen') return;
    this.news?.(contact);
    if (contact !== this.now.selected) this.say('message', contact);
  }

  private onContact(contact: string, { present, status }: Push) {
    if (present === false) this.say('left', contact);
    const known = this.now.open.get(contact)?.view.status;
    if (known !== undefined && status && status !== known) void this.refresh(contact);
  }

  private onNotice(notice: Push['notice'], contact: string) {
    if (notice === 'signed_out') this.onSignedOut();
    if (notice === 'contact_closed' && this.now.open.has(contact)) {
      this.say('closed', contact);
      void this.refresh(contact);
    }
    if ((notice === 'contact_passed' || notice === 'grant_withdrawn') && contact) {
      this.say('taken_away', contact);
      this.forget(contact);
    }
  }

  private onLine(line: LineState) {
    this.change({ line });
    clearInterval(this.poll);
    if (line === 'closed') return this.onSignedOut();
    if (line === 'open') return;
    this.poll = setInterval(() => {
      void this.loadBoard();
      for (const { fetcher } of this.workers.values()) void fetcher.fill();
    }, POLL);
  }

  private readonly onLook = () => {
    if (this.now.selected) this.seen(this.now.selected);
  };

  private setBoard(board: Board) {
    const news = newsOf(this.now.board, board);
    this.change({ board, boardAt: Date.now() });
    for (const { what, contact } of news) {
      this.say(what, contact);
      if (what === 'asked' || what === 'given') this.news?.(contact);
    }
    const mine = new Map(board.mine.map((each) => [each.contact, each]));
    for (const contact of this.now.open.keys()) {
      const told = mine.get(contact);
      if (told) this.update(contact, (one) => withPresence(one, told.citizen_present));
      else void this.check(contact);
    }
  }

  private endTyping(contact: string) {
    const worker = this.workers.get(contact);
    if (!worker) return;
    clearTimeout(worker.typing);
    worker.typing = setTimeout(() => this.dispatch(contact, { t: 'typing', until: 0 }), TYPING_SHOWN);
  }

  private seen(contact: string) {
    if (document.visibilityState === 'visible') this.receipts.tell(contact, 'seen', this.complete(contact));
  }

  private received(contact: string) {
    this.receipts.tell(contact, 'delivered', this.complete(contact));
    if (contact === this.now.selected) this.seen(contact);
  }

  private complete(contact: string) {
    return this.now.open.get(contact)?.thread.complete ?? 0;
  }

  private say(what: Said['what'], contact: string) {
    this.change({ said: { what, contact, id: (this.now.said?.id ?? 0) + 1 } });
  }

  private dispatch(contact: string, event: ThreadEvent) {
    this.update(contact, (one) => withEvent(one, event));
    this.workers.get(contact)?.fetcher.check();
    this.received(contact);
  }

  private update(contact: string, change: (one: Opened) => Opened) {
    const one = this.now.open.get(contact);
    if (one) this.change({ open: new Map(this.now.open).set(contact, change(one)) });
  }

  private change(part: Partial<DeskSnapshot>) {
    this.now = { ...this.now, ...part };
    for (const listener of this.listeners) listener();
  }
}
