import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { inView, watchView } from '../embed/page';
import { type Line, linesOf } from '../live/lines';
import type { Thread } from '../live/thread';
import { useText } from '../text/TextProvider';
import { LogLine } from './LogLine';
import css from './log.module.css';
import type { Offer } from './offer';
import { isShown } from './told';

export interface LogProps {
  thread: Thread;
  label: string;
  onRetry: (clientId: string) => void;
  onDrop: (clientId: string) => void;
  /** The citizen looks at another service that the adviser suggests. */
  onOffer?: (offer: Offer) => void;
  /** Everything that is there has been on an open page. */
  onSeen?: () => void;
  /** Scrolls within the room that is left, rather than taking as much as it needs. */
  fill?: boolean;
}

const NEAR = 80;

/** The conversation. Follows the newest line only for a reader who is at the end of it. */
export function Log({ thread, label, onRetry, onDrop, onOffer, onSeen, fill = false }: LogProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const lines = linesOf(thread, 'citizen').filter(isShown);
  const newest = lines.at(-1)?.key;

  useLayoutEffect(() => {
    if (atEnd) toEnd(box.current);
  }, [newest, atEnd]);

  useEffect(() => {
    if (!atEnd || !box.current || typeof ResizeObserver === 'undefined') return;
    const room = new ResizeObserver(() => toEnd(box.current));
    room.observe(box.current);
    return () => room.disconnect();
  }, [atEnd]);

  useEffect(() => {
    if (!atEnd || !onSeen) return;
    const look = () => inView() && onSeen();
    look();
    return watchView(look);
  }, [newest, atEnd, onSeen]);

  return (
    <div className={fill ? `${css.frame} ${css.fill}` : css.frame}>
      {/* A region that scrolls has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <div ref={box} className={css.log} role="log" aria-label={label} aria-relevant="additions" tabIndex={0} onScroll={(e) => setAtEnd(isAtEnd(e.currentTarget))}>
        <Lines lines={lines} onRetry={onRetry} onDrop={onDrop} onOffer={onOffer} />
      </div>
      {!atEnd && (
        <button type="button" className={css.below} onClick={() => toEnd(box.current)}>
          {t('chat.newest')}
        </button>
      )}
    </div>
  );
}

interface LinesProps {
  lines: Line[];
  onRetry: (clientId: string) => void;
  onDrop: (clientId: string) => void;
  onOffer: ((offer: Offer) => void) | undefined;
}

function Lines({ lines, onRetry, onDrop, onOffer }: LinesProps) {
  const lastOwn = lines.findLast((line) => line.progress)?.key;
  return (
    <ol className={css.lines}>
      {lines.map((line) => (
        <LogLine key={line.key} line={line} last={line.key === lastOwn} onRetry={onRetry} onDrop={onDrop} onOffer={onOffer} />
      ))}
    </ol>
  );
}

const isAtEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

function toEnd(box: HTMLElement | null) {
  if (box) box.scrollTop = box.scrollHeight;
}
