import { useEffect } from 'react';
import { mayTakeFocus } from '../embed/page';

/** What had the focus, and where it stood, outwards: a button drawn anew is another element. */
interface Trace {
  element: HTMLElement;
  path: readonly HTMLElement[];
}

/** A step that took the focus when it opened, and what it was opened from. */
interface Step {
  panel: HTMLElement;
  opener: Trace;
}

/** How long a step may take to find a place for the focus by itself. */
const PATIENCE = 60;

/**
 * Nobody is left nowhere: when what has the focus goes away, the focus goes back to what opened the step
 * that closed, and otherwise to the heading of what stands around it.
 */
export function useKeptFocus() {
  useEffect(() => {
    const keeper = new Keeper();
    return () => keeper.stop();
  }, []);
}

class Keeper {
  private last: Trace | null = null;
  private steps: Step[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly observer = new MutationObserver(() => this.look());

  constructor() {
    document.addEventListener('focusin', this.onFocus);
    document.addEventListener('focusout', this.onLeave);
    this.observer.observe(document.body, { childList: true, subtree: true });
  }

  stop() {
    document.removeEventListener('focusin', this.onFocus);
    document.removeEventListener('focusout', this.onLeave);
    this.observer.disconnect();
    clearTimeout(this.timer);
  }

  private readonly onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    this.steps = this.steps.filter(({ panel }) => panel.isConnected);
    // Only a program puts the focus where Tab does not lead: a step has opened.
    if (target.tabIndex < 0 && this.last) this.steps.push({ panel: target, opener: this.last });
    this.last = traceOf(target);
  };

  /** Who presses beside everything has left by their own will. */
  private readonly onLeave = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget) return;
    setTimeout(() => {
      if (this.last?.element === target && this.last.element.isConnected && lost()) this.last = null;
    });
  };

  private look() {
    if (!this.last || this.last.element.isConnected || !lost()) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (lost() && mayTakeFocus()) this.giveBack();
    }, PATIENCE);
  }

  private giveBack() {
    const closed = this.steps.find(({ panel }) => !panel.isConnected);
    const place = (closed && again(closed.opener)) ?? (this.last && headingOf(this.last));
    if (!place) return;
    if (place.tabIndex < 0) place.tabIndex = -1;
    this.last = null;
    place.focus({ preventScroll: place.tabIndex < 0 });
  }
}

const lost = () => document.activeElement === null || document.activeElement === document.body;

const nameOf = (element: HTMLElement) => element.getAttribute('aria-label') ?? element.textContent.trim();

function traceOf(element: HTMLElement): Trace {
  const path: HTMLElement[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) path.push(at);
  return { element, path };
}

/** The opener itself, or what is called as it was at last and has taken its place. */
function again({ element, path }: Trace): HTMLElement | undefined {
  if (element.isConnected) return element;
  const around = path.find((each) => each.isConnected);
  return [...(around?.querySelectorAll<HTMLElement>(element.tagName) ?? [])].find((each) => nameOf(each) === nameOf(element));
}

/** The heading of the nearest thing around that has one. */
function headingOf({ path }: Trace): HTMLElement | undefined {
  for (const around of path) {
    const heading = around.isConnected ? around.querySelector<HTMLElement>('h1, h2, h3') : null;
    if (heading) return heading;
  }
  return undefined;
}
