import { useEffect, useRef, useState } from 'react';
import type { Thread } from '../live/thread';

/** How many messages of others came while the page was hidden. */
export function useUnseen({ messages }: Thread): number {
  const theirs = messages.filter(({ from }) => from === 'adviser').length;
  const latest = useRef(theirs);
  const [atHiding, setAtHiding] = useState<number | null>(null);

  useEffect(() => {
    latest.current = theirs;
  }, [theirs]);

  useEffect(() => {
    const look = () => setAtHiding(document.visibilityState === 'hidden' ? latest.current : null);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return atHiding === null ? 0 : theirs - atHiding;
}
