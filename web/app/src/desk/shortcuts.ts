import { useEffect, useRef } from 'react';

/** Alt with a letter: no single letter does anything, so that speech input and screen readers are safe (WCAG 2.1.4). */
export const SHORTCUTS = {
  next: 'KeyN',
  down: 'KeyJ',
  up: 'KeyK',
  reply: 'KeyR',
  note: 'KeyI',
  answers: 'KeyA',
  timeline: 'KeyL',
  pass: 'KeyP',
  accept: 'KeyY',
  decline: 'KeyX',
  close: 'KeyC',
  queues: 'KeyQ',
  search: 'KeyH',
} as const;

export type Shortcut = keyof typeof SHORTCUTS;
export const shortcutNames = Object.keys(SHORTCUTS) as Shortcut[];

/** How a key is written for people and for aria-keyshortcuts. */
export const spelled = (name: Shortcut): string => `Alt+${SHORTCUTS[name].slice(-1)}`;

interface Handlers {
  onShortcut: (name: Shortcut) => void;
  onHelp: () => void;
  /** The one single-character key can be switched off. */
  questionMark: boolean;
}

/** Listens on the whole page while mounted. */
export function useShortcuts(handlers: Handlers) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { onShortcut, onHelp, questionMark } = latest.current;
      const name = shortcutOf(event);
      if (!name && !(questionMark && event.key === '?' && !isWriting(event.target))) return;
      event.preventDefault();
      if (name) onShortcut(name);
      else onHelp();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** By the key's place, not its letter: with Alt some keyboards write something else. */
export function shortcutOf({ altKey, ctrlKey, metaKey, code }: KeyboardEvent): Shortcut | undefined {
  if (!altKey || ctrlKey || metaKey) return undefined;
  return shortcutNames.find((name) => SHORTCUTS[name] === code);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
