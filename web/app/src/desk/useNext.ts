import { type Act, useAct } from '../api/useAct';
import type { Lang } from '../text/lookup';
import { useDesk } from './DeskContext';

export interface Next {
  act: Act;
  /** Takes the longest waiting, of one queue or of all; tells whether there was one. */
  take: (from?: { service?: string; language?: Lang }) => Promise<boolean>;
  /** Takes this one. */
  pick: (contact: string) => Promise<boolean>;
}

/** Taking from the queues, with the one place that says why it did not succeed. */
export function useNext(): Next {
  const { desk } = useDesk();
  const act = useAct();
  return {
    act,
    take: (from) => act.run(() => desk.takeNext(from)),
    pick: (contact) => act.run(() => desk.take(contact)),
  };
}
