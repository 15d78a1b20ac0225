/** A part of a text, in UTF-16 units as browsers count. */
export interface Span {
  from: number;
  to: number;
}

/** Parts in their order, those that overlap or touch joined. */
export function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else out.push({ ...span });
  }
  return out;
}

/** The text with blocks in place of its covered parts, as long as they are. */
export function covered(text: string, spans: readonly Span[]): string {
  return [...spans].reduce((shown, { from, to }) => shown.slice(0, from) + '█'.repeat(to - from) + shown.slice(to), text);
}
