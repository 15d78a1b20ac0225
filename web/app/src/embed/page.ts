import { boot } from '../boot';
import { isToFrame, type ToPage } from './protocol';

/** The chat's form for frames: /{authority}/chat/{service}/embed. */
export const isEmbedded = () => /\/chat\/[^/]+\/embed\/?$/.test(location.pathname);

/** The address of the same chat as a page of its own. */
export const ownPage = (lang: string) => `${location.pathname.replace(/\/embed\/?$/, '')}?lang=${lang}`;

interface State {
  kept: boolean;
  unread: number;
}

const listeners = new Set<() => void>();
let origin: string | null = null;
let shown: boolean | null = null;
let told: State = { kept: false, unread: 0 };

/** What has been heard of the page around the frame: its origin, and whether it shows the frame. */
export interface Heard {
  origin: string | null;
  shown: boolean | null;
}

/** Hears the page that carries the frame; its origin must be one that the service names. Returns what ends that and tells what was heard. */
export function listen(heard: Heard = { origin: null, shown: null }): () => Heard {
  ({ origin, shown } = heard);
  window.addEventListener('message', onMessage);
  window.addEventListener('keydown', onKey);
  return () => {
    window.removeEventListener('message', onMessage);
    window.removeEventListener('keydown', onKey);
    const known = { origin, shown };
    origin = shown = null;
    told = { kept: false, unread: 0 };
    return known;
  };
}

/** Tells the page how the chat stands; it hears it as soon as it is known. */
export function tell(state: State) {
  told = state;
  send({ luukku: 'frame', ...told });
}

/** Whether somebody can see the chat: the tab is open, and the frame is not minimised. */
export const inView = () => document.visibilityState === 'visible' && (shown ?? window.parent === window);

export function watchView(listener: () => void): () => void {
  listeners.add(listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    listeners.delete(listener);
    document.removeEventListener('visibilitychange', listener);
  };
}

/** A frame does not take the focus away from the page around it. */
export const mayTakeFocus = () => window.parent === window || document.hasFocus();

function onMessage({ data, origin: from, source }: MessageEvent<unknown>) {
  const allowed = from === location.origin || (boot().origins ?? []).includes(from);
  if (source !== window.parent || !allowed || !isToFrame(data)) return;
  origin = from;
  shown = data.shown;
  send({ luukku: 'frame', ...told });
  changed();
}

function onKey({ key, defaultPrevented }: KeyboardEvent) {
  if (key === 'Escape' && !defaultPrevented) send({ luukku: 'minimise' });
}

function send(message: ToPage) {
  if (origin !== null) window.parent.postMessage(message, origin);
}

function changed() {
  for (const listener of listeners) listener();
}
