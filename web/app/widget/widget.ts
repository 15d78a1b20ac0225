import type { ToPage } from '../src/embed/protocol';
import { Frame } from './frame';
import { keep, kept, type Was } from './kept';
import { SMALL } from './look';
import type { Options } from './options';
import type { T } from './text';
import { draw, put, type View } from './view';

/** The button on the page, and the chat that it opens. */
export class Widget {
  readonly view: View;
  private readonly small = matchMedia(SMALL);
  private frame: Frame | null = null;
  private isOpen = false;
  private hasChat = false;
  /** The focus goes into the frame once there is something in it. */
  private enter = false;

  constructor(
    private readonly options: Options,
    private readonly t: T,
    private readonly warn: (text: string) => void,
  ) {
    this.view = draw(options, t);
    const { opener, close, dialog, root } = this.view;
    opener.addEventListener('click', () => (this.isOpen ? this.minimise() : this.open()));
    close.addEventListener('click', () => this.minimise());
    root.addEventListener('keydown', (event) => (event as KeyboardEvent).key === 'Escape' && this.isOpen && this.minimise());
    // The browser's own ways of closing a dialog, such as a telephone's "back".
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('close', () => this.isOpen && !dialog.open && this.minimise());
    this.small.addEventListener('change', () => this.isOpen && this.lay());
    this.name();
  }

  /** Draws the button, and brings back the chat that this tab had on the last page. */
  start() {
    put(this.view);
    const was = kept(this.options.base, this.options.service);
    if (!was) return;
    this.hasChat = true;
    this.load();
    // A chat that fills the window would hide the page that was just asked for.
    if (was === 'open' && !this.small.matches) this.show();
    this.remember();
  }

  private open() {
    this.load();
    this.show();
    this.view.close.focus();
    this.enter = true;
    if (this.view.said.hidden) this.intoFrame();
  }

  private minimise() {
    const held = document.activeElement === this.view.host;
    this.isOpen = this.enter = false;
    this.view.dialog.close();
    this.view.opener.setAttribute('aria-expanded', 'false');
    this.frame?.show(false);
    if (held) this.view.opener.focus();
    if (!this.hasChat) this.unload();
    this.remember();
  }

  private show() {
    this.isOpen = true;
    this.lay();
    this.view.opener.setAttribute('aria-expanded', 'true');
    this.frame?.show(true);
    this.remember();
  }

  /** Beside the page where there is room, over all of it where there is not. Showing takes no focus by itself. */
  private lay() {
    const { dialog } = this.view;
    const full = this.small.matches;
    dialog.classList.toggle('full', full);
    dialog.removeAttribute('open');
    if (full) dialog.showModal();
    else dialog.setAttribute('open', '');
  }

  private load() {
    if (this.frame) return;
    const { dialog, said, opening, failed } = this.view;
    said.hidden = opening.hidden = false;
    failed.hidden = true;
    this.frame = new Frame(this.options, { onMessage: (message) => this.hear(message), onSilent: () => this.fail() }, this.t('widget.name'));
    this.frame.element.className = 'away';
    dialog.append(this.frame.element);
  }

  private unload() {
    this.frame?.remove();
    this.frame = null;
  }

  private hear(message: ToPage) {
    if (message.luukku === 'minimise') return this.isOpen && this.minimise();
    this.view.said.hidden = true;
    if (this.frame) this.frame.element.className = '';
    this.hasChat = message.kept;
    this.count(this.isOpen ? 0 : message.unread);
    this.name();
    this.remember();
    if (this.enter) this.intoFrame();
  }

  /** The browser's own page about a frame that may not be shown is of no use to anybody. */
  private fail() {
    const { said, opening, failed } = this.view;
    said.hidden = failed.hidden = false;
    opening.hidden = true;
    if (this.frame) this.frame.element.className = 'away';
    this.warn(`the chat of "${this.options.service}" did not open. Is ${location.origin} among the sites that the service allows?`);
  }

  private intoFrame() {
    this.enter = false;
    this.frame?.element.focus();
  }

  private count(unread: number) {
    const { count, heard } = this.view;
    count.hidden = unread === 0;
    count.textContent = String(unread);
    const text = unread === 0 ? '' : this.t('widget.unread', { n: unread });
    if (heard.textContent !== text) heard.textContent = text;
    this.view.opener.setAttribute('aria-label', text ? `${this.t('widget.name')}, ${text}` : this.t('widget.name'));
  }

  private name() {
    this.view.close.textContent = this.t(this.hasChat ? 'widget.minimise' : 'widget.close');
  }

  private remember() {
    const was: Was = this.isOpen ? 'open' : 'minimised';
    keep(this.options.base, this.options.service, this.hasChat ? was : null);
  }
}
