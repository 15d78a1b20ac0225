import { type ClipboardEvent, type DragEvent, useEffect, useState } from 'react';
import type { FileRules } from '../api/shapes';
import type { Attachment } from './useAttachment';

export interface Incoming {
  /** A file is held over the writer. */
  over: boolean;
  /** What the writer's box listens to. */
  target: {
    onDragOver: (event: DragEvent) => void;
    onDragLeave: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
    onPaste: (event: ClipboardEvent) => void;
  };
}

/**
 * Files that are dropped on the writer or pasted into it. They are chosen as by the button: nothing is sent before the
 * writer says so. A file that misses is let go, for a browser would open it in the place of the conversation.
 */
export function useIncoming(rules: FileRules | undefined, attachment: Attachment): Incoming {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const letGo = (event: globalThis.DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('dragover', letGo);
    window.addEventListener('drop', letGo);
    return () => {
      window.removeEventListener('dragover', letGo);
      window.removeEventListener('drop', letGo);
    };
  }, []);
  const holds = (event: DragEvent) => rules !== undefined && event.dataTransfer.types.includes('Files');
  return {
    over,
    target: {
      onDragOver: (event) => {
        if (!holds(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      },
      onDrop: (event) => {
        if (!holds(event)) return;
        event.preventDefault();
        setOver(false);
        attachment.offer(Array.from(event.dataTransfer.files));
      },
      onPaste: (event) => {
        const files = Array.from(event.clipboardData.files);
        // A text processor pastes a picture of its words along with them: the words are meant.
        if (!rules || files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
        event.preventDefault();
        attachment.offer(files);
      },
    },
  };
}
