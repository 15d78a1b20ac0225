import type { Line, LineState } from './line';

const TYPING_TOLD = 4_000;

/** Tells how far one has received and read, each number once for each connection, and now and then that one writes. */
export class Receipts {
  private readonly told = new Map<string, { delivered: number; seen: number; typing: number }>();

  constructor(private readonly line: () => { line: Line | undefined; state: LineState }) {}

  tell(contact: string, what: 'delivered' | 'seen', n: number) {
    const { line, state } = this.line();
    const told = this.of(contact);
    if (!line || state !== 'open' || n <= told[what]) return;
    told[what] = n;
    line.tell(what, { contact, n });
  }

  typing(contact: string) {
    const told = this.of(contact);
    if (Date.now() - told.typing < TYPING_TOLD) return;
    told.typing = Date.now();
    this.line().line?.tell('typing', { contact });
  }

  /** A new connection knows nothing of what was told on the old one. */
  forget(contact: string) {
    this.told.delete(contact);
  }

  private of(contact: string) {
    const told = this.told.get(contact) ?? { delivered: 0, seen: 0, typing: 0 };
    this.told.set(contact, told);
    return told;
  }
}
