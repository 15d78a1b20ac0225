import { make, type Page } from './page';

/** How long, in ms, nobody has to write before something heavy is done on the page's one thread. */
const STILL = 1_000;
const LOOK = 100;
/** What has been under way this long, in ms, is waited for no longer. */
const PATIENCE = 5_000;
/** After this long, in ms, the citizen is told that a part of the page is missing. */
const LATE = 12_000;

let touched = 0;
let composing = false;

/** Notes when somebody writes or presses something. */
export function watchHands() {
  const touch = () => (touched = performance.now());
  for (const kind of ['keydown', 'input', 'pointerdown']) addEventListener(kind, touch, { capture: true, passive: true });
  addEventListener('compositionstart', () => (composing = true), true);
  addEventListener('compositionend', () => (composing = false), true);
}

/** Waits until nobody has written for a moment and `busy` says no. */
export async function still(busy: () => boolean, ms = STILL): Promise<void> {
  const from = performance.now();
  do await new Promise((done) => setTimeout(done, LOOK));
  while (composing || busy() || performance.now() - Math.max(touched, from) < ms);
}

const ahead = (href: string) => make('link', { rel: 'modulepreload', href, fetchpriority: 'low' });

/**
 * Has the browser fetch the whole front end behind everything else until it is started: one file at a time, and
 * none while `busy` says yes, so that what the citizen does never waits for a free line.
 */
export async function prefetch({ data: { front } }: Page, busy: () => boolean, started: () => boolean) {
  const styles = front.styles.map((href) => make('link', { rel: 'preload', as: 'style', href, crossorigin: '', fetchpriority: 'low' }));
  await still(busy);
  for (const link of [...[front.script, ...front.modules].map(ahead), ...styles]) {
    await still(busy, 0);
    if (started()) return;
    await loaded(link).catch(() => undefined);
  }
}

/** Starts the whole front end, which draws itself when it may. `late` is told when it does not come: for good, or not yet. */
export function start({ data: { front } }: Page, late: (forGood: boolean) => void) {
  const slow = setTimeout(() => late(false), LATE);
  document.head.append(...front.modules.map(ahead));
  const styles = front.styles.map((href) => loaded(make('link', { rel: 'stylesheet', href, crossorigin: '' })));
  Promise.all([...styles, import(/* @vite-ignore */ front.script)]).catch(() => {
    clearTimeout(slow);
    late(true);
  });
  return () => clearTimeout(slow);
}

function loaded(link: HTMLLinkElement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = reject;
    document.head.append(link);
  });
}

/** Whether something was sent a moment ago and has not arrived. */
export const underWay = (since: readonly { at: number; refused?: string }[]) => since.some(({ at, refused }) => refused === undefined && Date.now() - at < PATIENCE);
