import { useState } from 'react';
import { asProblem, type Problem } from './problem';

export interface Act {
  busy: boolean;
  problem: Problem | null;
  /** Runs `work` unless it is running already; tells whether it succeeded. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  reset: () => void;
}

/** One action of a form or button, with its waiting and its failure. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const run = async (work: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run, reset: () => setProblem(null) };
}
