import { asProblem } from '../api/problem';
import type { ChatState, Connected, Helped, Push } from '../api/shapes';
import { Fetcher } from '../live/fetcher';
import { newClientId } from '../live/id';
import type { Line, LineState, OpenLine } from '../live/line';
import { mask } from '../live/mask';
import { Receipts } from '../live/receipts';
import { Sender } from '../live/sender';
import { apply, emptyThread, type Thread, type ThreadEvent } from '../live/thread';
import type { Lang } from '../text/lookup';
import { type Access, end, fetchMessages, fetchState, leave, orderTranscript, post, sayHelped, stay } from './chat-api';
import { forget, loadDraft, save, saveDraft, type Saved } from './saved';

export interface Snapshot {
  thread: Thread;
  /** Null until the server has told it after a reload. */
  state: ChatState | null;
  line: LineState;
  /** The adviser went and the contact is back in the queue: explained once. */
  returned: boolean;
  /** When the chat closes unless the citizen answers, in unix milliseconds. */
  idleCloseAt: number | null;
  /** The server does not know this contact any more. */
  lost: boolean;
  /** Number of the last message that was seen on an open page. */
  seen: number;
}

const POLL = 5_000;
const TYPING_SHOWN = 6_000;
/** While an ordered transcript waits, the state is asked for again: soon at first, then rarely. */
const MAIL_FIRST = 2_000;
const MAIL_LATER = 60_000;

/** One citizen's chat: what is shown, and everything that keeps it true over breaks and reloads. */
export class Conversation {
  private now: Snapshot;
  private readonly listeners = new Set<() => void>();
  private readonly sender: Sender;
  private readonly fetcher: Fetcher;
  private line: Line | undefined;
  private poll: ReturnType<typeof setInterval> | undefined;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;
  private mailTimer: ReturnType<typeof setTimeout> | undefined;
  private mailWait = MAIL_FIRST;
  private readonly receipts = new Receipts(() => ({ line: this.line, state: this.now.line }));
  private over = false;
  private unsent: string;
  private stopped = false;

  constructor(
    private readonly service: string,
    readonly access: Access,
    known: Partial<Saved> & { state?: ChatState } = {},
  ) {
    this.unsent = loadDraft(service);
    const thread = { ...emptyThread, pending: known.pending ?? [] };
    this.now = { thread, state: null, line: 'connecting', returned: false, idleCloseAt: null, lost: false, seen: known.seen ?? 0 };
    this.sender = new Sender({
      next: () => this.now.thread.pending.find((p) => p.refused === undefined),
      post: (pending) => post(this.access, pending),
      onPosted: ({ clientId }, posted) =>
        this.dispatch({ t: 'posted', clientId, posted, from: 'citizen', contact: this.access.contact }),
      onRefused: ({ clientId }, problem) =>
        this.dispatch({ t: 'refused', clientId, reason: problem.detail || problem.code }),
    });
    this.fetcher = new Fetcher({
      thread: () => this.now.thread,
      fetch: (after) => fetchMessages(this.access, after),
      dispatch: (event) => this.dispatch(event),
    });
    if (known.state) this.setState(known.state);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly snapshot = () => this.now;

  /** Sends what waits, and asks for what is new now and then until there is a line. */
  start() {
    window.addEventListener('pagehide', this.onLeave);
    window.addEventListener('online', this.onOnline);
    this.onLine('connecting');
    if (!this.now.state) void this.ask();
    this.sender.kick();
  }

  /** Opens the line: from then on what is new comes by itself. What has ended for good has none. */
  connect(openLine: OpenLine) {
    if (this.stopped) return;
    this.line = openLine({
      greeting: () => ({ ...this.access, after: this.now.thread.complete, lang: document.documentElement.lang }),
      onConnected: (answer) => this.onConnected(answer),
      onPush: (push) => this.onPush(push),
      onState: (line) => this.onLine(line),
    });
  }

  /** What is being written; it stays through a reload until it is sent. */
  get draft() {
    return this.unsent;
  }

  /** Keeps what is being written. */
  keep(text: string) {
    this.unsent = text;
    if (!this.over) saveDraft(this.service, text);
    this.tellListeners();
  }

  /** The language in which the citizen writes. */
  get lang() {
    return (this.now.state?.lang || document.documentElement.lang) as Lang;
  }

  write(text: string) {
    const pending = { clientId: newClientId(), text: mask(text), lang: this.lang, kind: 'reply' as const, at: Date.now() };
    this.wrote();
    this.dispatch({ t: 'write', pending });
    this.sender.kick();
  }

  /** The citizen is there: nothing ends for their silence. */
  wrote() {
    this.change({ idleCloseAt: null });
  }

  /** A message of this number was stored; it is fetched. */
  exists(n: number) {
    this.dispatch({ t: 'exists', n });
  }

  retry(clientId: string) {
    this.dispatch({ t: 'retry', clientId });
    this.sender.kick();
  }

  drop(clientId: string) {
    this.dispatch({ t: 'drop', clientId });
  }

  typing() {
    this.receipts.typing(this.access.contact);
  }

  /** Everything shown so far has been on an open page. */
  seen() {
    this.change({ seen: this.now.thread.complete });
    this.tell('seen');
  }

  async stay() {
    this.setState(await stay(this.access));
    this.change({ idleCloseAt: null });
  }

  /** Orders the transcript by e-mail. Throws a Problem; a refused address is in its fields. */
  async orderTranscript(email: string) {
    this.setState(await orderTranscript(this.access, email));
  }

  /** Answers whether the chat helped. Throws a Problem. */
  async sayHelped(answer: Helped) {
    await sayHelped(this.access, answer);
  }

  /** Ends the chat. Throws a Problem when the server could not be told. */
  async end() {
    this.setState(await end(this.access));
  }

  /** Forgets everything on this computer, whether or not the server can be told of the end. */
  clear() {
    if (this.isRunning()) void end(this.access).catch(() => undefined);
    this.stop();
    this.over = true;
    forget(this.service);
  }

  stop() {
    this.stopped = true;
    this.line?.close();
    this.line = undefined;
    this.sender.stop();
    this.fetcher.stop();
    clearInterval(this.poll);
    clearTimeout(this.typingTimer);
    clearTimeout(this.idleTimer);
    clearTimeout(this.mailTimer);
    window.removeEventListener('pagehide', this.onLeave);
    window.removeEventListener('online', this.onOnline);
  }

  private isRunning() {
    const status = this.now.state?.status;
    return status === undefined || status === 'waiting' || status === 'active';
  }

  private readonly onLeave = () => {
    if (this.isRunning()) leave(this.access);
  };

  private readonly onOnline = () => {
    this.line?.hurry();
    this.sender.kick();
  };

  private onConnected({ state, messages, last }: Connected) {
    this.receipts.forget(this.access.contact);
    const after = this.now.thread.complete;
    this.dispatch({ t: 'run', after, messages, last: last ?? messages.at(-1)?.n ?? after });
    if (state) this.setState(state);
    this.sender.kick();
  }

  private onPush(push: Push) {
    if (push.message) this.onMessage(push.message);
    if (push.state) this.setState(push.state);
    if (push.t === 'typing' && push.who === 'adviser') this.showTyping();
    if (push.t === 'idle' && push.at) this.change({ idleCloseAt: push.at });
    if ((push.t === 'seen' || push.t === 'delivered') && push.by === 'adviser')
      this.dispatch({ t: push.t, n: push.n ?? 0 });
  }

  private onMessage(message: NonNullable<Push['message']>) {
    if (message.from === 'adviser') this.dispatch({ t: 'typing', until: 0 });
    this.dispatch({ t: 'message', message });
  }

  private showTyping() {
    this.dispatch({ t: 'typing', until: Date.now() + TYPING_SHOWN });
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.dispatch({ t: 'typing', until: 0 }), TYPING_SHOWN);
  }

  /** Without a line everything still works, a little later. */
  private onLine(line: LineState) {
    this.change({ line });
    clearInterval(this.poll);
    if (line !== 'open') this.poll = setInterval(() => void this.ask(), POLL);
    if (line === 'closed') void this.ask();
  }

  private async ask() {
    try {
      this.setState(await fetchState(this.access));
      await this.fetcher.fill();
    } catch (error) {
      const { code } = asProblem(error);
      if (code === 'not_found' || code === 'gone' || code === 'denied') this.lose();
    }
  }

  private lose() {
    this.stop();
    this.over = true;
    forget(this.service);
    this.change({ lost: true });
  }

  private setState(state: ChatState) {
    const { state: before, returned } = this.now;
    const back = before?.status === 'active' && state.status === 'waiting';
    this.change({ state, returned: state.status === 'waiting' && (back || returned) });
    this.dispatch({ t: 'delivered', n: state.delivered_to_adviser });
    this.dispatch({ t: 'seen', n: state.seen_by_adviser });
    this.dispatch({ t: 'exists', n: state.last });
    this.watchIdle(state);
    this.watchMail(state);
    if (state.status === 'settled') this.stop();
  }

  /** The server tells when the mail was sent; what it tells may come before the order's own answer. */
  private watchMail({ transcript }: ChatState) {
    clearTimeout(this.mailTimer);
    if (transcript !== 'waiting') {
      this.mailWait = MAIL_FIRST;
      return;
    }
    this.mailTimer = setTimeout(() => void this.ask(), this.mailWait);
    this.mailWait = Math.min(this.mailWait * 2, MAIL_LATER);
  }

  /** Shows the warning when its time comes, also if the server's own event gets lost. */
  private watchIdle({ idle_warning_at: warnAt, idle_close_at: closeAt }: ChatState) {
    clearTimeout(this.idleTimer);
    if (!warnAt || !closeAt || !this.isRunning()) return this.change({ idleCloseAt: null });
    const wait = warnAt - Date.now();
    if (wait <= 0) return this.change({ idleCloseAt: closeAt });
    this.change({ idleCloseAt: null });
    this.idleTimer = setTimeout(() => this.change({ idleCloseAt: closeAt }), Math.min(wait, 2 ** 31 - 1));
  }

  private tell(what: 'delivered' | 'seen') {
    this.receipts.tell(this.access.contact, what, this.now.thread.complete);
  }

  private dispatch(event: ThreadEvent) {
    this.change({ thread: apply(this.now.thread, event) });
    this.fetcher.check();
    this.tell('delivered');
  }

  private change(part: Partial<Snapshot>) {
    this.now = { ...this.now, ...part };
    const { thread } = this.now;
    if (!this.over) save(this.service, { ...this.access, last: thread.complete, pending: thread.pending, seen: this.now.seen });
    this.tellListeners();
  }

  private tellListeners() {
    for (const listener of this.listeners) listener();
  }
}
