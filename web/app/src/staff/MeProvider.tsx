import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { call, whenSignedOut } from '../api/client';
import type { Me } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { Failure } from '../look/Failure';
import { toSignIn } from './go';

interface Told {
  me: Me;
  /** When `me` was told: what it says of the session's end counts from then. */
  toldAt: number;
}

interface Own extends Told {
  /** After a change of one's own account or session. */
  setMe: (me: Me) => void;
}

const told = (me: Me): Told => ({ me, toldAt: Date.now() });

const MeContext = createContext<Own | null>(null);

/** Who is signed in. Only below MeProvider. */
export function useMe(): Own {
  const own = use(MeContext);
  if (!own) throw new Error('useMe outside MeProvider');
  return own;
}

/** Shows its children to a member of staff; anybody else is led to the sign-in page. */
export function MeProvider({ children }: { children: ReactNode }) {
  const load = useCallback(async () => told(await call('get', '/api/staff/me')), []);
  const { data, problem, reload } = useLoad(load);
  const [changed, setChanged] = useState<Told | null>(null);
  useEffect(() => whenSignedOut(toSignIn), []);

  const latest = changed ?? data;
  const own = useMemo(() => latest && { ...latest, setMe: (me: Me) => setChanged(told(me)) }, [latest]);
  if (own) return <MeContext value={own}>{children}</MeContext>;
  return problem && problem.key !== 'signed-out' ? <Failure problem={problem} onRetry={reload} /> : null;
}
