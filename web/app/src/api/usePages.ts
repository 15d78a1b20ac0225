import { useState } from 'react';
import { type Act, useAct } from './useAct';
import { type Loaded, useLoad } from './useLoad';

interface Answer {
  next?: string | undefined;
}

interface Pages<A> extends Loaded<A> {
  /** Every page that was loaded, in order; none before the first is there. */
  pages: readonly A[];
  /** Loads the page after the last; null when there is none. */
  more: (() => void) | null;
  /** Of `more`. */
  act: Act;
}

/** A list of which the first page is loaded by itself. `load` must be stable (useCallback). */
export function usePages<A extends Answer>(load: (next?: string) => Promise<A>): Pages<A> {
  const first = useLoad(load);
  const [below, setBelow] = useState<{ of: A; pages: readonly A[] } | null>(null);
  const act = useAct();
  const { data } = first;
  // What was fetched below an earlier answer does not belong below a new one.
  const pages = data ? [data, ...(below?.of === data ? below.pages : [])] : [];
  const next = pages.at(-1)?.next;
  const go = async () => {
    if (data) setBelow({ of: data, pages: [...pages.slice(1), await load(next)] });
  };
  return { ...first, pages, more: next ? () => void act.run(go) : null, act };
}
