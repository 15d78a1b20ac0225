import { useEffect } from 'react';
import type { Message } from '../api/shapes';
import { tell } from './page';

/** How many of these messages an adviser wrote after the last one that was seen. */
export const unreadOf = (messages: readonly Message[], seen: number) => messages.filter(({ from, n }) => from === 'adviser' && n > seen).length;

/** Keeps the page around the frame, if there is one, told of how the chat stands. */
export function useTellPage(kept: boolean, unread = 0) {
  useEffect(() => tell({ kept, unread }), [kept, unread]);
}
