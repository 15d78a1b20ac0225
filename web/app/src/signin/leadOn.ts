import type { Me } from '../api/shapes';
import { go } from '../staff/go';
import { landing } from '../staff/roles';

/** The page that was asked for before the sign-in, if it is one of ours; "" otherwise. */
export function asked(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '';
  return /^\/[a-z]/.test(next) && !next.startsWith('/sign-in') ? next : '';
}

/** Back to the page that one came from, or to where one's work is. */
export function leadOn(me: Me) {
  go((me.must.length === 0 && asked()) || landing(me));
}
