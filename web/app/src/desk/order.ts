import type { BoardContact } from '../api/shapes';

export const isClosed = ({ status }: BoardContact) => status === 'closed' || status === 'settled';

/** What is closed stays within reach for the hour in which it can be reopened, below what is open. */
export const openFirst = (mine: readonly BoardContact[]): BoardContact[] =>
  [...mine].sort((a, b) => Number(isClosed(a)) - Number(isClosed(b)));

/** The contact after (1) or before (-1) the one in hand, round the end; closed ones only when nothing is open. */
export function neighbour(mine: readonly BoardContact[], selected: string | null, by: 1 | -1): string | null {
  const open = mine.filter((each) => !isClosed(each));
  const round = open.length > 0 ? open : mine;
  if (round.length === 0) return null;
  const at = round.findIndex(({ contact }) => contact === selected);
  const to = at < 0 && by < 0 ? round.length - 1 : (at + by + round.length) % round.length;
  return round[to]?.contact ?? null;
}
