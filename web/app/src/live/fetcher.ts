import type { Messages } from '../api/shapes';
import { hasGap, type Thread, type ThreadEvent } from './thread';

export interface FetcherEvents {
  thread: () => Thread;
  fetch: (after: number) => Promise<Messages>;
  dispatch: (event: ThreadEvent) => void;
}

/** More rounds than this in one go would mean that the server contradicts itself. */
const MOST_ROUNDS = 1_000;
const AGAIN = 2_000;

/** Fills gaps: fetches after the last complete number until nothing is missing. One fetch at a time. */
export class Fetcher {
  private busy = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly events: FetcherEvents) {}

  /** Fetches if something is missing. */
  check() {
    if (hasGap(this.events.thread())) void this.fill();
  }

  /** Fetches whether or not something is known to be missing. */
  async fill(): Promise<void> {
    if (this.busy || this.stopped) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      let rounds = 0;
      do await this.round();
      while (this.wanting() && ++rounds < MOST_ROUNDS);
    } catch {
      this.later();
    } finally {
      this.busy = false;
    }
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private wanting() {
    return !this.stopped && hasGap(this.events.thread());
  }

  private later() {
    if (!this.stopped) this.timer = setTimeout(() => this.check(), AGAIN);
  }

  private async round() {
    const after = this.events.thread().complete;
    const run = await this.events.fetch(after);
    if (!this.stopped) this.events.dispatch({ t: 'run', after, ...run });
  }
}
