import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { linesOf } from '../live/lines';
import type { Thread } from '../live/thread';
import { useText } from '../text/TextProvider';
import css from './timeline.module.css';
import { TimelineLine } from './TimelineLine';

interface Props {
  thread: Thread;
  onRetry?: (clientId: string) => void;
  onDrop?: (clientId: string) => void;
}

/** So many lines are drawn at first and with each wish for more. */
const PAGE = 200;
const NEAR = 80;

/** Everything that happened in one contact. A long one shows its end, and more at a word. */
export function Timeline({ thread, onRetry, onDrop }: Props) {
  const { t, number, date } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(PAGE);
  const [atEnd, setAtEnd] = useState(true);
  const lines = linesOf(thread, 'adviser').filter(({ message }) => message.event !== 'internal');
  const hidden = Math.max(0, lines.length - shown);
  const newest = lines.at(-1)?.key;
  const own = lines.findLast((line) => line.progress)?.key;
  const isFirstOfDay = (at: number) => {
    const before = lines[at - 1];
    const line = lines[at];
    return !before || !line || date(before.message.at) !== date(line.message.at);
  };
  const typing = thread.typingUntil > 0;

  useLayoutEffect(() => {
    if (atEnd) toEnd(box.current);
  }, [newest, atEnd, typing]);

  useEffect(() => {
    if (!atEnd || !box.current || typeof ResizeObserver === 'undefined') return;
    const room = new ResizeObserver(() => toEnd(box.current));
    room.observe(box.current);
    return () => room.disconnect();
  }, [atEnd]);

  return (
    <div className={css.frame}>
      {/* A region that scrolls has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <div ref={box} className={css.log} role="log" aria-label={t('desk.timeline.label')} aria-relevant="additions" tabIndex={0} data-focus="timeline"
        onScroll={(event) => setAtEnd(isAtEnd(event.currentTarget))}>
        {lines.length === 0 && <p className={css.empty}>{t('desk.timeline.empty')}</p>}
        {hidden > 0 && (
          <button type="button" className={css.earlier} onClick={() => setShown(shown + PAGE)}>
            {t('desk.timeline.earlier', { n: number(hidden) })}
          </button>
        )}
        <ol className={css.lines}>
          {lines.slice(hidden).map((line, i) => (
            <TimelineLine key={line.key} line={line} dated={isFirstOfDay(hidden + i)} last={line.key === own} onRetry={onRetry} onDrop={onDrop} />
          ))}
        </ol>
        {/* For the eye only: an adviser with several chats would hear little else. */}
        <p className={css.typing} aria-hidden="true">
          {typing && t('desk.timeline.typing')}
        </p>
      </div>
      {!atEnd && (
        <button type="button" className={css.newest} onClick={() => toEnd(box.current)}>
          {t('desk.timeline.newest')}
        </button>
      )}
    </div>
  );
}

const isAtEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

function toEnd(box: HTMLElement | null) {
  if (box) box.scrollTop = box.scrollHeight;
}
