import { useEffect, useRef, useState } from 'react';
import { chime } from '../live/chime';
import type { Thread } from '../live/thread';
import { useText } from '../text/TextProvider';
import css from './chat.module.css';

/** A sound for each reply, off until it is chosen. It is forgotten with the page. */
export function Sound({ thread: { messages } }: { thread: Thread }) {
  const { t } = useText();
  const [on, setOn] = useState(false);
  const heard = messages.filter(({ from, event }) => from === 'adviser' || event === 'taken').length;
  const before = useRef(heard);
  useEffect(() => {
    if (on && heard > before.current) void chime();
    before.current = heard;
  }, [on, heard]);
  const toggle = () => {
    setOn(!on);
    if (!on) void chime();
  };
  return (
    <p className={css.sound}>
      <button type="button" aria-pressed={on} onClick={toggle}>
        {t('chat.sound')}
      </button>{' '}
      <span>{t('chat.soundHint')}</span>
    </p>
  );
}
