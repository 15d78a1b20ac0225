import { useCallback, useEffect, useState } from 'react';
import { asProblem, type Problem } from './problem';

export interface Loaded<T> {
  data: T | null;
  problem: Problem | null;
  /** Loads again; what is shown stays until the answer is there. */
  reload: () => void;
}

/** Loads with `load`, which must be stable (useCallback), when shown and whenever it changes. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let current = true;
    load()
      .then((answer) => {
        if (!current) return;
        setData(answer);
        setProblem(null);
      })
      .catch((error: unknown) => current && setProblem(asProblem(error)));
    return () => void (current = false);
  }, [load, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { data, problem, reload };
}
