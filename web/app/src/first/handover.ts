import type { ChatService } from '../api/shapes';
import type { Conversation } from '../chat/conversation';
import type { Heard } from '../embed/page';

/** Where the reader was: in which element, at which place of what is written there, how far down. */
export interface Place {
  tag: string;
  /** What the element says, to tell one button from another; "" for a field and for the conversation. */
  says: string;
  from: number;
  to: number;
  window: number;
  /** How far the conversation was scrolled; null at its end. */
  log: number | null;
}

/** What the first steps of a chat hand to the whole front end: one conversation, not a copy of its state. */
export interface Handover {
  conversation: Conversation;
  /** As the server wrote it into the page, in the page's language then; absent where it is not offered any more. */
  service: ChatService | undefined;
  /** Waits for a moment in which nobody is writing and nothing is on its way. */
  quiet: () => Promise<void>;
  /** Takes the first steps off the page; called when the whole is drawn, before it is shown. */
  leave: () => { place: Place | null; heard: Heard };
  /** Tells that a part of the whole did not come. */
  missing: () => void;
}

declare global {
  interface Window {
    luukkuFirst?: Handover;
  }
}

const LOG = '[role=log]';

/** Where the reader is below `root`; null when nothing there has the focus. */
export function placeIn(root: HTMLElement): Place | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active)) return null;
  const field = active instanceof HTMLTextAreaElement ? active : null;
  const log = root.querySelector(LOG);
  return {
    tag: active.tagName,
    says: saysOf(active),
    from: field?.selectionStart ?? 0,
    to: field?.selectionEnd ?? 0,
    window: window.scrollY,
    log: log && log.scrollHeight - log.scrollTop - log.clientHeight > 80 ? log.scrollTop : null,
  };
}

/** Puts the reader at the same place of another drawing of the same page. Tells whether it is there. */
export function goTo(place: Place, root: HTMLElement): boolean {
  const same = [...root.querySelectorAll<HTMLElement>(place.tag)].find((each) => saysOf(each) === place.says && each.tabIndex >= -1);
  if (!same) return false;
  same.focus({ preventScroll: true });
  if (same instanceof HTMLTextAreaElement) same.setSelectionRange(place.from, place.to);
  const log = root.querySelector(LOG);
  if (log && place.log !== null) log.scrollTop = place.log;
  window.scrollTo(0, place.window);
  return true;
}

const saysOf = (element: HTMLElement) => (/^(A|BUTTON|H1|H2)$/.test(element.tagName) ? element.textContent.trim() : (element.getAttribute('role') ?? ''));
