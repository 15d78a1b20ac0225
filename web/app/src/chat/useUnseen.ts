import { useEffect, useRef, useState } from 'react';
import type { Thread } from '../live/thread';

/** How many messages of others came while the page was hidden. */
export function useUnseen({ messages }: Thread): number {
  const theirs = messages.filter(({ from }) => from === 'adviser').length;
  const [base, setBase] = useState(theirs);
  const latest = useRef(theirs);
  const hidden = document.visibilityState === 'hidden';

  useEffect(() => {
    latest.current = theirs;
    if (!hidden) setBase(theirs);
  }, [theirs, hidden]);

  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && setBase(latest.current);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return hidden ? theirs - base : 0;
}
