import { useEffect, useRef, useState } from 'react';
import { boot } from '../boot';
import { chime } from '../live/chime';
import { useText } from '../text/TextProvider';
import { useDesk, useDeskState, useNames } from './DeskContext';

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

/** What is chosen in this browser, and choosing it. */
export function useChoices(): Notify {
  const [choices, setChoices] = useState(loadChoices);
  const choose = (part: Partial<Choices>) => {
    const next = { ...choices, ...part };
    setChoices(next);
    saveChoices(next);
  };
  return { choices, choose };
}

/** Sounds, and tells on the desktop where nobody looks at the page, as chosen. */
export function notify({ sound, desktop }: Choices, title: string, body: string) {
  if (sound) void chime();
  if (!desktop || document.hasFocus() || !canNotify() || Notification.permission !== 'granted') return;
  show(title, body);
}

/**
 * Sounds and tells of a citizen's message that is not in view, and of an offer. What the system shows, perhaps on a
 * locked screen, is that there is one and in which service: never who, nor what was written.
 */
export function useNotify(): Notify {
  const { t } = useText();
  const { desk } = useDesk();
  const names = useNames();
  const chosen = useChoices();
  const { choices } = chosen;
  const { board } = useDeskState();
  const tell = (contact: string) => {
    const { board, selected } = desk.snapshot();
    if (contact === selected && document.hasFocus()) return;
    const service = board?.mine.find((each) => each.contact === contact)?.service;
    notify(choices, t('desk.notify.message'), service ? names.service(service) : '');
  };
  const offered = board?.offer;
  const offer = () => {
    if (offered) notify(choices, t('desk.offer.notify'), names.service(offered.service));
  };
  const latestOffer = useRef(offer);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
    latestOffer.current = offer;
  });
  useEffect(() => desk.listen((contact) => latest.current(contact)), [desk]);
  useEffect(() => latestOffer.current(), [offered?.contact]);
  return chosen;
}

/** One at a time: a newer one takes the place of an older. */
function show(title: string, body: string) {
  const shown = new Notification(title, { body, tag: 'luukku', silent: true });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}
