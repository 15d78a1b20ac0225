/** What the page that carries the chat tells the frame, and what the frame tells the page. Nothing of a conversation crosses. */
export interface ToFrame {
  luukku: 'host';
  /** Whether the frame is in view, rather than minimised. */
  shown: boolean;
}

export type ToPage =
  | {
      luukku: 'frame';
      /** A chat was started and has not been cleared. */
      kept: boolean;
      /** Messages of advisers that nobody has seen. */
      unread: number;
    }
  | { luukku: 'minimise' };

export function isToFrame(data: unknown): data is ToFrame {
  const { luukku, shown } = (data ?? {}) as Partial<ToFrame>;
  return luukku === 'host' && typeof shown === 'boolean';
}

export function isToPage(data: unknown): data is ToPage {
  const { luukku, kept, unread } = (data ?? {}) as Partial<Record<'luukku' | 'kept' | 'unread', unknown>>;
  return luukku === 'minimise' || (luukku === 'frame' && typeof kept === 'boolean' && Number.isSafeInteger(unread) && Number(unread) >= 0);
}
