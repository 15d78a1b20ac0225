import { call } from '../api/client';
import { asProblem } from '../api/problem';
import type { Board, Connected, ContactView, DeskAnswers, Push } from '../api/shapes';
import { newClientId } from '../live/id';
import type { Line, LineState, OpenLine } from '../live/line';
import { mask } from '../live/mask';
import { Receipts } from '../live/receipts';
import type { ThreadEvent } from '../live/thread';
import type { Lang } from '../text/lookup';
import { accept, endHandover, openContact, take } from './desk-api';
import { type DeskSnapshot, emptyDesk, type Said } from './desk-state';
import { newsOf } from './handover';
import { type Kind, type Opened, opened, withEvent, withPresence, withPush } from './opened';
import { TYPING_SHOWN, Workers } from './workers';

const POLL = 5_000;
/** Events in a conversation that change more than its lines. */
const TURNS: readonly unknown[] = ['taken', 'passed', 'queued', 'returned', 'adviser_gone', 'closed', 'reopened'];

/** The adviser's desk: the board, the contacts that are open, and everything that keeps them true. */
export class Desk {
  /** Ready answers by service, as they were last loaded. */
  readonly answers = new Map<string, DeskAnswers>();
  private now = emptyDesk;
  private news: ((contact: string) => void) | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly workers = new Workers({
    opened: (contact) => this.now.open.get(contact),
    dispatch: (contact, event) => this.dispatch(contact, event),
  });
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
    for (const contact of this.workers.contacts()) this.dismiss(contact);
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
    this.workers.kick(contact);
  }

  /** Line `n` is stored and shown when it comes. */
  readonly exists = (contact: string, n: number) => this.dispatch(contact, { t: 'exists', n });

  retry(contact: string, clientId: string) {
    this.dispatch(contact, { t: 'retry', clientId });
    this.workers.kick(contact);
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
    this.workers.begin(contact);
    const open = new Map(this.now.open).set(contact, opened(view, this.now.open.get(contact)));
    this.change({ open });
    this.workers.check(contact);
    this.received(contact);
  }

  private dismiss(contact: string) {
    this.workers.end(contact);
    this.receipts.forget(contact);
  }

  private numbers() {
    return Object.fromEntries([...this.now.open].map(([contact, { thread }]) => [contact, thread.complete]));
  }

  private onConnected({ board, messages }: Connected) {
    if (board) this.setBoard(board);
    for (const message of messages) this.dispatch(message.contact, { t: 'message', message });
    this.workers.resume();
    for (const contact of this.workers.contacts()) this.receipts.forget(contact);
  }

  private onPush(push: Push) {
    const contact = push.contact || push.message?.contact || '';
    if (push.board) this.setBoard(push.board);
    if (push.t === 'notice') return this.onNotice(push.notice, contact);
    if (!contact) return;
    this.update(contact, (one) => withPush(one, push, Date.now() + TYPING_SHOWN));
    if (push.t === 'typing') this.workers.endTyping(contact);
    if (push.t === 'message') this.onMessage(contact, push.message);
    if (push.t === 'contact') this.onContact(contact, push);
    this.workers.check(contact);
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
      this.workers.fill();
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
    this.workers.check(contact);
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
