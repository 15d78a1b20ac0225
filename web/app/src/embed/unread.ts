import type { Message } from '../api/shapes';

/** How many of these messages an adviser wrote after the last one that was seen. */
export const unreadOf = (messages: readonly Message[], seen: number) => messages.filter(({ from, n }) => from === 'adviser' && n > seen).length;
