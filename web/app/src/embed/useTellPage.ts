import { useEffect } from 'react';
import { tell } from './page';

/** Keeps the page around the frame, if there is one, told of how the chat stands. */
export function useTellPage(kept: boolean, unread = 0) {
  useEffect(() => tell({ kept, unread }), [kept, unread]);
}
