import type { ChatState } from '../api/shapes';
import css from '../chat/chat.module.css';
import type { Conversation, Snapshot } from '../chat/conversation';
import { canKeep } from '../chat/saved';
import { mayTakeFocus, tell } from '../embed/page';
import { unreadOf } from '../embed/unread';
import { Composer } from './composer';
import { endPage, endPanel } from './ending';
import { Log } from './log';
import { make, type Page, say } from './page';

type Kind = 'resuming' | 'running' | 'ended' | 'lost' | 'cleared';

/** A chat before the whole front end is there: what is written and answered, the queue, and the way out. */
export class View {
  private kind: Kind | undefined;
  private moved = false;
  private log: Log | undefined;
  private update: (shown: Snapshot) => void = () => undefined;
  private cleared = false;
  private late: 'soon' | 'missing' | null = null;
  private readonly unsubscribe: () => void;

  constructor(
    private main: HTMLElement,
    private page: Page,
    readonly conversation: Conversation,
  ) {
    this.unsubscribe = conversation.subscribe(() => this.draw());
    this.draw();
  }

  /** Whether the whole front end may take over: not while ending is being asked, never after clearing. */
  get free() {
    return !this.cleared && !this.main.querySelector('section');
  }

  /** Goes on in another drawing of the page around it, in its language. */
  move(main: HTMLElement, page: Page) {
    [this.main, this.page, this.kind] = [main, page, undefined];
    this.moved = true;
    this.draw();
    this.moved = false;
  }

  /** Says that the rest of the page is not there yet, or does not come. */
  tellLate(forGood: boolean) {
    this.late = forGood ? 'missing' : 'soon';
    this.draw();
  }

  stop() {
    this.unsubscribe();
  }

  private draw() {
    const shown = this.conversation.snapshot();
    const kind = this.kindOf(shown);
    if (kind !== this.kind) this.change(kind, shown);
    this.update(shown);
    this.log?.draw(shown);
    const kept = kind !== 'cleared' && kind !== 'lost';
    tell({ kept, unread: kept ? unreadOf(shown.thread.messages, shown.seen) : 0 });
  }

  private kindOf({ lost, state }: Snapshot): Kind {
    if (this.cleared) return 'cleared';
    if (lost) return 'lost';
    if (!state) return 'resuming';
    return state.status === 'closed' || state.status === 'settled' ? 'ended' : 'running';
  }

  private change(kind: Kind, shown: Snapshot) {
    this.kind = kind;
    this.log = undefined;
    this.update = () => undefined;
    const { t } = this.page;
    const parts: Record<Kind, () => HTMLElement> = {
      resuming: () => make('div', { class: 'first-alert' }, t('chat.resuming')),
      running: () => this.running(),
      ended: () => this.ended(shown.state),
      lost: () => endPage(this.page, t('chat.lost.title'), [make('p', {}, t('chat.lost.text'))], this.again),
      cleared: () => endPage(this.page, t('chat.cleared.title'), [make('p', {}, t('chat.cleared.text'))], this.again),
    };
    this.main.replaceChildren(parts[kind]());
    document.documentElement.classList.remove('resumed');
    if (kind === 'resuming' || this.moved || !mayTakeFocus()) return;
    window.scrollTo(0, 0);
    this.main.querySelector('h1')?.focus();
  }

  private running(): HTMLElement {
    const { conversation, page } = this;
    const { t, data } = page;
    const title = make('h1', { class: css.title ?? '', tabindex: -1 }, data.service?.name ?? t('chat.title'));
    const opener = make('button', { type: 'button', class: `first-button first-plain ${css.endOpener}`, onclick: () => this.ask(opener) });
    const place = make('b');
    const estimate = make('p');
    const waiting = make('div', { class: css.waiting ?? '' }, make('div', { role: 'status' }, make('p', {}, place), estimate), make('p', {}, t('chat.waiting.write')));
    const adviser = make('p', { class: css.with ?? '' });
    const late = make('p', { role: 'status', class: 'first-told' });
    const idle = make('div', { role: 'alert' });
    const log = (this.log = new Log(conversation, page, true));
    this.update = ({ state, idleCloseAt }) => {
      if (!state) return;
      const queued = state.status === 'waiting';
      say(opener, t(queued ? 'chat.end.leaveQueue' : 'chat.end.open'));
      waiting.hidden = !queued;
      say(place, state.position ? t('chat.waiting.position', { n: state.position }) : t('chat.waiting.title'));
      say(estimate, state.estimate_minutes ? t('chat.waiting.estimate', { n: state.estimate_minutes }) : '');
      adviser.hidden = queued || !state.adviser;
      say(adviser, state.adviser ? t('chat.with', { name: state.adviser.name }) : '');
      say(late, this.late ? t(`chat.first.${this.late}`) : '');
      late.className = this.late ? (css.broken ?? '') : 'first-told';
      this.warn(idle, idleCloseAt);
    };
    return make('div', { class: css.chat ?? '' }, make('div', { class: css.head ?? '' }, title, opener), late, waiting, adviser, ...this.notKept(), log.frame, idle,
      new Composer(conversation, page).box);
  }

  private notKept(): HTMLElement[] {
    return canKeep() ? [] : [make('div', { class: css.broken ?? '' }, make('p', {}, this.page.t('chat.notKept.text')))];
  }

  /** Nothing ends without a warning. */
  private warn(place: HTMLElement, closeAt: number | null) {
    const { t, format } = this.page;
    if ((closeAt === null) === (place.childElementCount === 0)) return;
    const stay = () => void this.conversation.stay().catch(() => undefined);
    place.replaceChildren(...(closeAt === null ? [] : [make('div', { class: css.broken ?? '' }, make('p', {}, t('chat.idle.text', { time: format.time(closeAt) })),
      make('button', { type: 'button', class: 'first-button', onclick: stay }, t('chat.idle.stay')))]));
  }

  private ask(opener: HTMLButtonElement) {
    const waiting = this.conversation.snapshot().state?.status === 'waiting';
    const cancel = () => {
      panel.remove();
      opener.hidden = false;
      opener.focus();
    };
    const panel = endPanel(this.conversation, this.page, waiting, { clear: this.clear, cancel });
    opener.hidden = true;
    opener.parentElement?.after(panel);
    panel.querySelector('h2')?.focus();
  }

  private ended(state: ChatState | null): HTMLElement {
    const { t } = this.page;
    const reason = state?.closed_reason ? [make('p', {}, t(`chat.ended.reasons.${state.closed_reason}`))] : [];
    const code = state?.reference ? [make('div', { class: css.reference ?? '' }, make('p', {}, `${t('chat.ended.reference')} `, make('strong', {}, state.reference)),
      make('p', {}, t('chat.ended.referenceUse')))] : [];
    const log = (this.log = new Log(this.conversation, this.page, false));
    const page = endPage(this.page, t('chat.ended.title'), [...reason, ...code], this.again, this.clear);
    page.append(make('h2', {}, t('chat.log')), log.frame);
    return page;
  }

  private readonly clear = () => {
    this.conversation.clear();
    this.cleared = true;
    this.draw();
  };

  /** Whether the service is still open has to be asked anew. */
  private readonly again = () => {
    this.conversation.clear();
    location.reload();
  };
}
