import { call } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { ChatState } from '../api/shapes';
import { receive } from '../chat/offer';
import { canKeep } from '../chat/saved';
import { newClientId } from '../live/id';
import { LIMIT, lengthOf } from '../live/limit';
import { holdsCode, mask } from '../live/mask';
import type { Lang } from '../text/lookup';
import { make, type Page, say } from './page';

export interface Begun {
  contact: string;
  token: string;
  state: ChatState;
}

type Filled = Record<string, string>;

/** Makes the server's start form live. It asks only what the service's notice declares. */
export class StartForm {
  // The same id on every attempt: a lost answer does not make a second contact.
  private readonly clientId = newClientId();
  /** A contact is being begun. */
  busy = false;
  private brought: string | null = null;
  private readonly stopAsking: () => void;

  constructor(
    private form: HTMLFormElement,
    private page: Page,
    /** With what the citizen brought along as the first message, "" for nothing. */
    private readonly onBegun: (begun: Begun, carried: string) => void,
  ) {
    this.wire();
    this.stopAsking = receive((text) => this.carry(text));
    // The button can be seen a moment before this script has come: a press of it counts.
    if (document.documentElement.dataset.early) void this.begin();
  }

  /** Goes on in the same form in another language; what was filled in stays. */
  move(form: HTMLFormElement, page: Page) {
    const filled = this.filled();
    [this.form, this.page] = [form, page];
    for (const field of this.inputs()) {
      const value = filled[field.name] ?? '';
      if (field.type === 'radio') field.checked = field.value === value;
      else field.value = value;
    }
    this.wire();
    if (this.brought !== null) this.carry(this.brought);
  }

  private wire() {
    const note = this.find('#not-kept');
    if (note) note.hidden = canKeep();
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.begin();
    });
  }

  private find = (selector: string) => this.form.querySelector<HTMLElement>(selector);
  private inputs = () => [...this.form.querySelectorAll<HTMLInputElement>('input')];

  /** Values by name, of all fields and choices. */
  private filled(): Filled {
    return Object.fromEntries(this.inputs().filter(({ type, checked }) => type !== 'radio' || checked).map(({ name, value }) => [name, value]));
  }

  private async begin() {
    if (this.busy || (this.brought !== null && lengthOf(this.brought) > LIMIT)) return;
    this.show(null);
    this.working(true);
    try {
      const begun = await call('post', '/api/chat/contacts', { body: this.body() });
      this.stopAsking();
      this.onBegun(begun, this.brought?.trim() ?? '');
    } catch (error) {
      this.show(asProblem(error));
    } finally {
      this.working(false);
    }
  }

  private body() {
    const filled = this.filled();
    const fields: Filled = {};
    for (const { name } of this.form.querySelectorAll<HTMLInputElement>('[data-field]')) {
      const value = filled[name]?.trim() ?? '';
      if (value !== '') fields[name] = mask(value);
    }
    const { data, lang } = this.page;
    const chosen = (filled.language ?? data.service?.languages[0] ?? lang) as Lang;
    const body = { service: data.id, lang: chosen, client_id: this.clientId, fields };
    return filled.topic ? { ...body, topic: filled.topic } : body;
  }

  private working(busy: boolean) {
    this.busy = busy;
    const button = this.find('button[type=submit]');
    if (!button) return;
    button.ariaDisabled = String(busy);
    say(button, this.page.t(busy ? 'chat.start.beginning' : 'chat.start.begin'));
  }

  /** Says what is wrong in the server's words, and at the fields at fault. */
  private show(problem: Problem | null) {
    const { t } = this.page;
    for (const field of this.form.querySelectorAll<HTMLInputElement>('[data-field]')) {
      const fault = problem?.fields[field.name] ?? '';
      field.ariaInvalid = String(fault !== '');
      const told = this.find(`#w-${field.name}`);
      if (told) say(told, fault);
    }
    this.find('#fault')?.replaceChildren(...(problem ? [failure(problem, t('chat.start.failed'), t)] : []));
  }

  /** Shows the text that was brought from another chat, to be looked through before it becomes the first message. */
  private carry(text: string) {
    this.brought = text;
    const place = this.find('#carried');
    const drawn = this.form.querySelector<HTMLTemplateElement>('#carried-field');
    if (!place || !drawn) return;
    place.replaceChildren(drawn.content.cloneNode(true));
    const field = place.querySelector('textarea');
    if (!field) return;
    field.value = text;
    const look = () => {
      this.brought = field.value;
      this.lookThrough(field);
    };
    field.addEventListener('input', look);
    look();
  }

  private lookThrough(field: HTMLTextAreaElement) {
    const { t } = this.page;
    const long = lengthOf(field.value) > LIMIT;
    field.ariaInvalid = String(long);
    const [fault, code] = [this.find('#w-carried'), this.find('#carried-code')];
    if (fault) say(fault, long ? t('chat.write.long', { max: LIMIT }) : '');
    if (!code) return;
    say(code, holdsCode(field.value) ? t('chat.write.code') : '');
    code.className = code.textContent ? 'chat_warning' : '';
  }
}

/** What did not succeed and why, as the whole front end shows it. */
export function failure(problem: Problem, title: string, t: Page['t']): HTMLElement {
  const why = problem.code === 'offline' ? t('shared.offline') : problem.detail || t('shared.internal');
  return make('div', { class: 'first-alert first-error' }, make('p', { class: 'first-label' }, title), make('p', {}, why));
}
