import type { Conversation, Snapshot } from '../chat/conversation';
import css from '../chat/log.module.css';
import { offerOf } from '../chat/offer';
import { eventText, isShown, senderOf } from '../chat/told';
import { inView } from '../embed/page';
import { type Line, linesOf } from '../live/lines';
import { make, type Page, say } from './page';

interface Drawn {
  item: HTMLLIElement;
  text: HTMLElement | null;
  tail: HTMLElement;
  /** What the tail shows, to draw it anew only when that changes. */
  shows: string;
}

const NEAR = 80;

/** The conversation as text. Files, links and offers can be followed when the whole front end is there. */
export class Log {
  readonly frame: HTMLElement;
  private readonly box: HTMLElement;
  private readonly list = make('ol', { class: css.lines ?? '' });
  private readonly drawn = new Map<string, Drawn>();

  constructor(
    private readonly conversation: Conversation,
    private readonly page: Page,
    fill: boolean,
  ) {
    const label = page.t('chat.log');
    this.box = make('div', { class: css.log ?? '', role: 'log', 'aria-label': label, 'aria-relevant': 'additions', tabindex: 0 }, this.list);
    this.frame = make('div', { class: `${css.frame} ${fill ? css.fill : ''}` }, this.box);
  }

  draw({ thread, seen }: Snapshot) {
    const atEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR;
    const lines = linesOf(thread, 'citizen').filter(isShown);
    const last = lines.findLast(({ progress }) => progress)?.key;
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, { item }] of this.drawn) if (!keys.has(key)) this.forget(key, item);
    lines.forEach((line, i) => this.put(line, i, line.key === last));
    if (!atEnd) return;
    this.box.scrollTop = this.box.scrollHeight;
    if (thread.complete > seen && inView()) this.conversation.seen();
  }

  private forget(key: string, item: HTMLElement) {
    item.remove();
    this.drawn.delete(key);
  }

  private put(line: Line, at: number, last: boolean) {
    const one = this.drawn.get(line.key) ?? this.make(line);
    this.drawn.set(line.key, one);
    if (this.list.children[at] !== one.item) this.list.insertBefore(one.item, this.list.children[at] ?? null);
    if (one.text) say(one.text, textOf(line));
    const shows = `${line.progress} ${last} ${line.pending?.refused}`;
    if (one.shows === shows) return;
    one.shows = shows;
    one.tail.replaceChildren(...this.tailOf(line, last));
  }

  private make({ message, key, progress, pending }: Line): Drawn {
    const { t, format } = this.page;
    const when = make('time', { datetime: new Date(message.at).toISOString() }, format.time(message.at));
    const tail = make('div');
    if (message.from === 'event') {
      return { item: make('li', { class: css.event ?? '' }, `${eventText(message, t)} `, when), text: null, tail, shows: '' };
    }
    const text = make('p', { class: css.text ?? '', ...(message.lang ? { lang: message.lang } : {}) });
    const meta = make('p', { class: css.meta ?? '' }, make('b', {}, senderOf(message, t)), ' ', when);
    const item = make('li', { class: css[message.from] ?? '' }, meta, text, tail);
    say(text, textOf({ message, key, ...(progress ? { progress } : {}), ...(pending ? { pending } : {}) }));
    return { item, text, tail, shows: '' };
  }

  private tailOf({ key, progress, pending }: Line, last: boolean): Node[] {
    const { t } = this.page;
    const told = progress && (last || progress === 'refused' || progress === 'sending') ? t(`chat.progress.${progress}`) : '';
    const how = make('p', { class: css.progress ?? '', 'aria-live': 'off' }, told);
    if (pending?.refused === undefined) return progress ? [how] : [];
    const retry = make('button', { type: 'button', class: 'first-button first-second', onclick: () => this.conversation.retry(key) }, t('shared.retry'));
    const drop = make('button', { type: 'button', class: 'first-button first-plain', onclick: () => this.conversation.drop(key) }, t('chat.drop'));
    return [how, make('div', { class: css.refused ?? '' }, make('p', {}, pending.refused), retry, drop)];
  }
}

/** A message as text alone: an offered service with its address, a file by its name. */
function textOf({ message }: Line): string {
  const offer = offerOf(message);
  const said = offer ? [offer.service, offer.authority, offer.url].join('\n') : message.text;
  return message.file ? [said, message.file.name].filter(Boolean).join('\n') : said;
}
