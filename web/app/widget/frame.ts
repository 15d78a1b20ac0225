import { isToPage, type ToFrame, type ToPage } from '../src/embed/protocol';
import type { Options } from './options';

/** How long, in ms, a frame may stay silent once the browser has loaded something into it, and how long it may load. */
export const SILENT = 5_000;
export const SLOW = 30_000;
const ASK = 500;

interface Events {
  onMessage: (message: ToPage) => void;
  /** It does not answer: this page may not carry it, or it did not come. */
  onSilent: () => void;
}

/** The chat in its frame. It is spoken with at its own origin alone, and nobody else is heard. */
export class Frame {
  readonly element: HTMLIFrameElement;
  private shown = false;
  private answered = false;
  private asking: ReturnType<typeof setInterval> | undefined;
  private patience: ReturnType<typeof setTimeout>;

  constructor(
    private readonly options: Options,
    private readonly events: Events,
    title: string,
  ) {
    const { base, service, lang } = options;
    this.element = document.createElement('iframe');
    this.element.title = title;
    this.element.referrerPolicy = 'no-referrer';
    this.element.src = `${base}/chat/${service}/embed?lang=${lang}`;
    this.element.addEventListener('load', this.onLoad);
    this.patience = setTimeout(this.giveUp, SLOW);
    window.addEventListener('message', this.onMessage);
  }

  /** Tells the chat whether anybody can see it. */
  show(shown: boolean) {
    this.shown = shown;
    if (this.answered) this.ask();
  }

  remove() {
    this.quiet();
    window.removeEventListener('message', this.onMessage);
    this.element.remove();
  }

  private readonly onLoad = () => {
    this.quiet();
    this.ask();
    this.asking = setInterval(() => this.ask(), ASK);
    this.patience = setTimeout(this.giveUp, SILENT);
  };

  private ask() {
    const message: ToFrame = { luukku: 'host', shown: this.shown };
    this.element.contentWindow?.postMessage(message, this.options.origin);
  }

  private readonly onMessage = ({ data, origin, source }: MessageEvent<unknown>) => {
    if (origin !== this.options.origin || source !== this.element.contentWindow || !isToPage(data)) return;
    this.answered = true;
    this.quiet();
    this.events.onMessage(data);
  };

  private readonly giveUp = () => {
    this.quiet();
    this.events.onSilent();
  };

  private quiet() {
    clearInterval(this.asking);
    clearTimeout(this.patience);
  }
}
