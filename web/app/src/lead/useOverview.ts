import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/client';
import type { Problem } from '../api/problem';
import type { Overview } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import type { LineState, OpenLine } from '../live/line';
import { toSignIn } from '../staff/go';
import { useText } from '../text/TextProvider';

/** Changes may come many a second; the overview is fetched at most this often. */
const REST = 3_000;
/** How often it is fetched while the line is down. */
const POLL = 10_000;

export interface Watched {
  overview: Overview | null;
  /** This computer's time when the overview came: its clock may differ from the server's. */
  at: number;
  problem: Problem | null;
  line: LineState;
  reload: () => void;
}

/** The lead's overview, fetched again whenever the server says that it has changed. */
export function useOverview(openLine: OpenLine): Watched {
  const { lang } = useText();
  const load = useCallback(async () => {
    const overview = await call('get', '/api/lead/overview', { query: { lang } });
    return { overview, at: Date.now() };
  }, [lang]);
  const { data, problem, reload } = useLoad(load);
  const [line, setLine] = useState<LineState>('connecting');
  const soon = useRested(reload, REST);

  useEffect(() => {
    const opened = openLine({
      greeting: () => ({ after: {}, lang: document.documentElement.lang }),
      onConnected: soon,
      onPush: ({ t }) => t === 'overview' && soon(),
      onState: (state) => (state === 'closed' ? toSignIn() : setLine(state)),
    });
    return () => opened.close();
  }, [openLine, soon]);

  useEffect(() => {
    if (line === 'open') return;
    const timer = setInterval(reload, POLL);
    return () => clearInterval(timer);
  }, [line, reload]);

  return { overview: data?.overview ?? null, at: data?.at ?? 0, problem, line, reload };
}

/** Runs `work` at once when asked, and what is asked within `rest` of that together after it. */
function useRested(work: () => void, rest: number): () => void {
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      last.current = Date.now();
      work();
    }, Math.max(0, last.current + rest - Date.now()));
  }, [work, rest]);
}
