import { type ReactNode, useEffect, useRef } from 'react';
import { mayTakeFocus } from '../embed/page';

interface Props {
  level?: 1 | 2 | 3;
  id?: string;
  className?: string | undefined;
  /** Moves the focus here when shown, so that a screen reader says where one is now. */
  take?: boolean;
  children: ReactNode;
}

let held = false;

/** While the focus is held, no heading takes it: what is drawn was there already, and so was the reader. */
export const holdFocus = (hold: boolean) => void (held = hold);

/** The heading of a step that replaced another. */
export function FocusedHeading({ level = 1, id, className, take = true, children }: Props) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!take || held || !mayTakeFocus()) return;
    if (level === 1) window.scrollTo(0, 0);
    ref.current?.focus();
  }, [take, level]);
  const Tag = `h${level}` as const;
  return (
    <Tag ref={ref} id={id} tabIndex={-1} className={className}>
      {children}
    </Tag>
  );
}
