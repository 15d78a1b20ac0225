import { type RefObject, useCallback, useRef } from 'react';

/** A heading for the focus to go to when what had it is gone. Give it `tabIndex={-1}`. */
export function useHeading(): [heading: RefObject<HTMLHeadingElement | null>, focus: () => void] {
  const heading = useRef<HTMLHeadingElement>(null);
  const focus = useCallback(() => void setTimeout(() => heading.current?.focus()), []);
  return [heading, focus];
}
