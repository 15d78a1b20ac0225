import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

/** What a row's one button has to wear: only the row that one stands on is in the order of Tab. */
export interface RowProps {
  tabIndex: 0 | -1;
  'data-row': number;
}

interface Props<T> {
  items: readonly T[];
  rowHeight: number;
  label: string;
  keyOf: (item: T) => string;
  row: (item: T, props: RowProps) => ReactNode;
  className?: string | undefined;
  /** Most rows to show at once; more are scrolled. */
  maxRows?: number;
}

const MARGIN = 6;

/**
 * A list of which only the rows in sight are drawn, so that ten thousand are as quick as ten. One
 * stop of Tab; arrows, Page, Home and End move between the rows' buttons.
 */
export function VirtualList<T>({ items, rowHeight, label, keyOf, row, className, maxRows = 8 }: Props<T>) {
  const box = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const [standing, setStanding] = useState(0);
  const wanted = useRef<number | null>(null);
  const current = Math.min(standing, Math.max(0, items.length - 1));
  const height = Math.min(items.length, maxRows) * rowHeight;
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + MARGIN);

  useEffect(() => {
    if (wanted.current === null) return;
    box.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`)?.focus();
    wanted.current = null;
  });

  const stand = (at: number) => {
    const next = Math.max(0, Math.min(items.length - 1, at));
    wanted.current = next;
    setStanding(next);
    const scrolled = intoSight(box.current, next, rowHeight);
    if (scrolled !== null) setTop(scrolled);
  };

  const onKey = (event: KeyboardEvent) => {
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: items.length - 1, PageDown: current + maxRows, PageUp: current - maxRows }[event.key];
    if (to === undefined || event.altKey) return;
    event.preventDefault();
    stand(to);
  };

  const shown = items.slice(first, last);
  // The row that one stands on stays in the page, so that Tab finds it although it is out of sight.
  const far = current < first || current >= last ? items[current] : undefined;
  const draw = (item: T, at: number) => (
    <li key={keyOf(item)} aria-setsize={items.length} aria-posinset={at + 1} style={place(at, rowHeight)}>
      {row(item, { tabIndex: at === current ? 0 : -1, 'data-row': at })}
    </li>
  );
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- moves the focus among the buttons inside
    <ul ref={box} className={className} aria-label={label} style={{ height, overflowY: 'auto', position: 'relative', listStyle: 'none' }}
      onKeyDown={onKey} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      {far !== undefined && draw(far, current)}
      {shown.map((item, i) => draw(item, first + i))}
      <li aria-hidden="true" style={{ height: items.length * rowHeight }} />
    </ul>
  );
}

const place = (at: number, height: number): CSSProperties => ({ position: 'absolute', top: at * height, left: 0, right: 0, height });

/** Scrolls a row into sight and tells where the list then stands; null where nothing moved. */
function intoSight(box: HTMLElement | null, at: number, rowHeight: number): number | null {
  if (!box) return null;
  const from = at * rowHeight;
  if (from < box.scrollTop) box.scrollTop = from;
  else if (from + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = from + rowHeight - box.clientHeight;
  else return null;
  return box.scrollTop;
}
