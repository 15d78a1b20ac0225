import type { Board, Handover } from '../api/shapes';

/** What colleagues ask of whoever the board is of. */
export const askedOf = (board: Board | null): Handover[] =>
  (board?.handovers ?? []).filter(({ state, to }) => state === 'asked' && to.id === board?.me.id);

/** What is under way with one contact. */
export const handoverOf = (board: Board | null, contact: string): Handover | undefined =>
  board?.handovers.find((each) => each.contact === contact);

export interface News {
  what: 'asked' | 'joined' | 'not_taken' | 'given';
  contact: string;
}

/** What two boards, one after the other, tell of handovers that needs saying. */
export function newsOf(before: Board | null, now: Board): News[] {
  if (!before) return [];
  const was = (one: Handover) => before.handovers.find(({ contact, at }) => contact === one.contact && at === one.at);
  const me = now.me.id;
  const come = now.handovers
    .filter((one) => one.to.id === me && one.state !== 'joined' && !was(one))
    .map(({ contact, state }): News => ({ what: state === 'asked' ? 'asked' : 'given', contact }));
  const gone = before.handovers
    .filter((one) => one.from.id === me && one.state === 'asked')
    .flatMap(({ contact }) => answered(now, contact));
  return [...come, ...gone];
}

function answered(now: Board, contact: string): News[] {
  const one = handoverOf(now, contact);
  if (one?.state === 'joined') return [{ what: 'joined', contact }];
  const mine = now.mine.some((each) => each.contact === contact && each.status === 'active' && !each.along);
  return !one && mine ? [{ what: 'not_taken', contact }] : [];
}
