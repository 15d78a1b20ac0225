import type { Hours } from '../api/shapes';

/** Monday is 1, as on the wire. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** One span while it is edited: times as they are written. */
export interface Span {
  id: number;
  weekday: Weekday;
  opens: string;
  closes: string;
}

export type SpanFault = 'form' | 'order' | 'overlap';
export type Edge = 'opens' | 'closes';

export type HoursAction =
  | { do: 'add'; weekday: Weekday }
  | { do: 'remove'; id: number }
  | { do: 'write'; id: number; edge: Edge; text: string }
  | { do: 'copy' };

/** Spans as a form edits them, by weekday and opening; `write` gives a time as the reader writes it. */
export function spansOf(hours: readonly Hours[], write: (time: string) => string): Span[] {
  return [...hours]
    .sort((a, b) => a.weekday - b.weekday || a.opens.localeCompare(b.opens))
    .map(({ weekday, opens, closes }, id) => ({ id, weekday: weekday as Weekday, opens: write(opens), closes: write(closes) }));
}

export function hoursReducer(spans: Span[], action: HoursAction): Span[] {
  switch (action.do) {
    case 'add':
      return [...spans, { id: nextId(spans), weekday: action.weekday, opens: '', closes: '' }];
    case 'remove':
      return spans.filter(({ id }) => id !== action.id);
    case 'write':
      return spans.map((span) => (span.id === action.id ? { ...span, [action.edge]: action.text } : span));
    case 'copy':
      return copied(spans);
  }
}

/** Monday's hours for the rest of the working week as well. */
function copied(spans: Span[]): Span[] {
  const monday = spans.filter(({ weekday }) => weekday === 1);
  const kept = spans.filter(({ weekday }) => weekday === 1 || weekday > 5);
  const copies = ([2, 3, 4, 5] as const).flatMap((weekday) => monday.map((span) => ({ ...span, weekday })));
  return [...kept, ...copies].map((span, id) => ({ ...span, id }));
}

const nextId = (spans: Span[]) => 1 + Math.max(-1, ...spans.map(({ id }) => id));

/** "09:00" from what people write: 9, 9.00, 9:00, 0900. Null where it is no time of day. */
export function readTime(text: string): string | null {
  const found = /^\s*(\d{1,2})(?:[.:]?(\d{2}))?\s*$/.exec(text);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
  if (!found || minute > 59 || hour * 60 + minute > 24 * 60) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** What is wrong, by `id.edge`. */
export function spanFaults(spans: readonly Span[]): Map<string, SpanFault> {
  const faults = new Map<string, SpanFault>();
  const whole: { span: Span; from: string; to: string }[] = [];
  for (const span of spans) {
    const [from, to] = [readTime(span.opens), readTime(span.closes)];
    if (from === null || from === '24:00') faults.set(`${span.id}.opens`, 'form');
    if (to === null) faults.set(`${span.id}.closes`, 'form');
    if (from === null || to === null) continue;
    if (to <= from) faults.set(`${span.id}.closes`, 'order');
    else whole.push({ span, from, to });
  }
  for (const one of whole)
    for (const other of whole)
      if (one.span.weekday === other.span.weekday && one !== other && one.from <= other.from && other.from < one.to)
        faults.set(`${other.span.id}.opens`, 'overlap');
  return faults;
}

/** What the server is told. Only for spans without faults. */
export function hoursOf(spans: readonly Span[]): Hours[] {
  return spans
    .map(({ weekday, opens, closes }) => ({ weekday, opens: readTime(opens) ?? '', closes: readTime(closes) ?? '' }))
    .sort((a, b) => a.weekday - b.weekday || a.opens.localeCompare(b.opens));
}
