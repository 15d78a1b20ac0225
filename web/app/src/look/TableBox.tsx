import { type ReactNode, useEffect, useRef, useState } from 'react';
import css from '../staff/staff.module.css';

interface Props {
  /** The question that the table answers. */
  caption: ReactNode;
  children: ReactNode;
}

/** A table that scrolls sideways by itself in a narrow window; a stop of Tab only while it does. */
export function TableBox({ caption, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(box);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that arrows scroll it
    <div ref={box} className={css.tableBox} {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': textOf(caption) } : {})}>
      <table className={css.table}>
        <caption>{caption}</caption>
        {children}
      </table>
    </div>
  );
}

const textOf = (caption: ReactNode) => (typeof caption === 'string' ? caption : undefined);

/** Whether there is more than is in sight, followed as the window and the content change. */
function useScrolls(box: { readonly current: HTMLElement | null }): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const look = () => setScrolls(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [box]);
  return scrolls;
}
