import { useState } from 'react';
import type { Thing } from './setting';

export interface Setting {
  thing: Thing;
  /** The version that the form was filled from, or that its writer has seen since. */
  base: number;
  /** The writer has seen what others changed: the next saving replaces it. */
  seen: (changes: readonly { version: number }[]) => void;
}

/** A setting while it is changed: nobody writes over what they have not seen. */
export function useSetting(thing: Thing, read: number): Setting {
  const [base, setBase] = useState(read);
  const seen = (changes: readonly { version: number }[]) => setBase(Math.max(base, ...changes.map(({ version }) => version)));
  return { thing, base, seen };
}
