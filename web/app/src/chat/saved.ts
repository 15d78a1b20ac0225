import { boot } from '../boot';
import type { Pending } from '../live/thread';

/** What a running chat keeps in the browser: for this tab only, gone when it closes or is cleared. */
export interface Saved {
  contact: string;
  token: string;
  /** Number of the last message shown, to tell new ones after a reload. */
  last: number;
  pending: readonly Pending[];
  /** Number of the last message that was seen on an open page. */
  seen?: number;
}

const slot = (service: string) => `luukku:${boot().authority}:${service}`;
const draftSlot = (service: string) => `${slot(service)}:draft`;

/** Whether the browser keeps anything for the tab at all; it may refuse that to a frame of another site. */
export const canKeep = () => quietly(() => typeof sessionStorage.length === 'number') ?? false;

export function loadSaved(service: string): Saved | null {
  try {
    return JSON.parse(sessionStorage.getItem(slot(service)) ?? 'null') as Saved | null;
  } catch {
    return null;
  }
}

/** A browser that refuses to keep anything only loses the resuming after a reload. */
export function save(service: string, saved: Saved) {
  quietly(() => sessionStorage.setItem(slot(service), JSON.stringify(saved)));
}

export const loadDraft = (service: string) => quietly(() => sessionStorage.getItem(draftSlot(service))) ?? '';

export function saveDraft(service: string, text: string) {
  quietly(() => sessionStorage.setItem(draftSlot(service), text));
}

export function forget(service: string) {
  quietly(() => {
    sessionStorage.removeItem(slot(service));
    sessionStorage.removeItem(draftSlot(service));
  });
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
