import { type ReactNode, useEffect, useRef } from 'react';
import css from '../staff/staff.module.css';
import page from './page.module.css';
import { useScrolls } from './useScrolls';

interface Props {
  /** The question that the table answers. */
  caption: ReactNode;
  children: ReactNode;
}

/**
 * A table that scrolls sideways by itself; a stop of Tab only while it does. In a narrow window its
 * rows are blocks, where each cell tells its column.
 */
export function TableBox({ caption, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(box, 'Width');
  useEffect(() => label(box.current));
  return (
    <div ref={box} className={`${css.tableBox} ${page.stack}`} {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': textOf(caption) } : {})}>
      <table className={css.table}>
        <caption>{caption}</caption>
        {children}
      </table>
    </div>
  );
}

const textOf = (caption: ReactNode) => (typeof caption === 'string' ? caption : undefined);

/** Writes the heading of its column beside each cell, for when the columns are not there. */
function label(box: HTMLElement | null) {
  const names = [...(box?.querySelectorAll('thead th') ?? [])].map((head) => head.textContent);
  for (const row of box?.querySelectorAll('tbody tr') ?? []) {
    const cells = [...row.children].filter((cell) => !cell.hasAttribute('colspan'));
    for (const [i, cell] of cells.entries()) cell.setAttribute('data-label', names[i] ?? '');
  }
}
