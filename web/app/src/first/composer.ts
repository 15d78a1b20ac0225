import css from '../chat/chat.module.css';
import type { Conversation } from '../chat/conversation';
import { LIMIT, lengthOf, NEAR_LIMIT } from '../live/limit';
import { holdsCode } from '../live/mask';
import { make, type Page, say } from './page';

/** Where the citizen writes, as chat/Composer.tsx draws it. */
export class Composer {
  readonly box: HTMLElement;
  private readonly field = make('textarea', { id: 'message', rows: 2, 'aria-describedby': 'message-help' });
  private readonly left = make('p');
  private readonly leftTold = make('p', { class: 'unseen', 'aria-live': 'polite' });
  private readonly code = make('p');
  private readonly complaint = make('p');

  constructor(
    private readonly conversation: Conversation,
    private readonly page: Page,
  ) {
    const { t } = page;
    const help = make('div', { id: 'message-help', class: css.help ?? '' }, make('p', { class: css.keys ?? '' }, t('chat.write.keys')), this.left, this.leftTold);
    const send = make('button', { type: 'button', class: 'first-button', onclick: () => this.send() }, t('chat.write.send'));
    this.field.value = conversation.draft;
    this.field.addEventListener('input', () => this.change());
    this.field.addEventListener('keydown', (event) => this.onKey(event));
    this.box = make('div', { class: css.composer ?? '' }, make('label', { for: 'message' }, t('chat.write.label')), this.field,
      make('div', { class: css.send ?? '' }, help, send), make('div', { role: 'status' }, this.code, this.complaint));
    this.look(null);
  }

  private change() {
    this.conversation.keep(this.field.value);
    this.look(null);
  }

  private send() {
    const text = this.field.value.trim();
    this.field.focus();
    if (text === '') return this.look('empty');
    if (lengthOf(this.field.value) > LIMIT) return this.look('long');
    this.conversation.write(text);
    this.field.value = '';
    this.change();
  }

  /** Tells of what is written: too much, nothing, a personal identity code. */
  private look(complaint: 'empty' | 'long' | null) {
    const { t, format } = this.page;
    const left = LIMIT - lengthOf(this.field.value);
    const told = (n: number) => (left > NEAR_LIMIT ? '' : n >= 0 ? t('shared.left', { n: format.number(n) }) : t('shared.over', { n: format.number(-n) }));
    say(this.left, told(left));
    say(this.leftTold, told(left >= 0 ? Math.ceil(left / 100) * 100 : Math.floor(left / 100) * 100));
    this.field.ariaInvalid = String(left < 0 || complaint !== null);
    note(this.code, css.warning, holdsCode(this.field.value) ? t('chat.write.code') : '');
    note(this.complaint, css.error, complaint ? t(`chat.write.${complaint}`, { max: LIMIT }) : '');
  }

  private onKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    this.send();
  }
}

function note(place: HTMLElement, look: string | undefined, text: string) {
  say(place, text);
  place.className = text ? (look ?? '') : '';
}
