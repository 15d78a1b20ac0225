import { useEffect, useRef, useState } from 'react';
import { boot } from '../boot';
import { chime } from '../live/chime';
import { useText } from '../text/TextProvider';
import { useDesk, useNames } from './DeskContext';

/** What an adviser has chosen in this browser. It holds nothing about anybody. */
export interface Choices {
  sound: boolean;
  desktop: boolean;
}

const slot = () => `luukku:${boot().authority}:notify`;

/** Both are off until they are chosen; a browser that keeps nothing forgets with the tab. */
export function loadChoices(): Choices {
  try {
    const kept = JSON.parse(localStorage.getItem(slot()) ?? '{}') as Partial<Choices>;
    return { sound: kept.sound === true, desktop: kept.desktop === true };
  } catch {
    return { sound: false, desktop: false };
  }
}

function saveChoices(choices: Choices) {
  try {
    localStorage.setItem(slot(), JSON.stringify(choices));
  } catch {
    // It holds for this tab.
  }
}

export const canNotify = () => typeof Notification !== 'undefined';

export interface Notify {
  choices: Choices;
  choose: (part: Partial<Choices>) => void;
}

/**
 * Sounds and tells of a citizen's message that is not in view. What the system shows, perhaps on a
 * locked screen, is that there is one and in which service: never who, nor what was written.
 */
export function useNotify(): Notify {
  const { t } = useText();
  const { desk } = useDesk();
  const names = useNames();
  const [choices, setChoices] = useState(loadChoices);
  const tell = (contact: string) => {
    const { board, selected } = desk.snapshot();
    if (contact === selected && document.hasFocus()) return;
    if (choices.sound) void chime();
    if (!choices.desktop || document.hasFocus() || !canNotify() || Notification.permission !== 'granted') return;
    const service = board?.mine.find((each) => each.contact === contact)?.service;
    show(t('desk.notify.message'), service ? names.service(service) : '');
  };
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => desk.listen((contact) => latest.current(contact)), [desk]);
  const choose = (part: Partial<Choices>) => {
    const next = { ...choices, ...part };
    setChoices(next);
    saveChoices(next);
  };
  return { choices, choose };
}

/** One at a time: a newer one takes the place of an older. */
function show(title: string, body: string) {
  const shown = new Notification(title, { body, tag: 'luukku', silent: true });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}
