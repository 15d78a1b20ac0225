import type { Posted } from '../api/shapes';
import { asProblem, type Problem } from '../api/problem';
import type { Pending } from './thread';

export interface SenderEvents {
  /** The oldest message that waits and was not refused. */
  next: () => Pending | undefined;
  post: (pending: Pending) => Promise<Posted>;
  onPosted: (pending: Pending, posted: Posted) => void;
  onRefused: (pending: Pending, problem: Problem) => void;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

/**
 * Sends what waits, one at a time and in order, again and again until the server has answered.
 * The client id makes a repetition harmless: the server answers it as it did the first time.
 */
export class Sender {
  private busy = false;
  private stopped = false;
  private wait = FIRST_WAIT;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly events: SenderEvents) {}

  /** Starts sending now, also when it was waiting for a better moment. */
  kick() {
    if (this.busy || this.stopped) return;
    clearTimeout(this.timer);
    const pending = this.events.next();
    if (pending) void this.send(pending);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async send(pending: Pending) {
    this.busy = true;
    const outcome = await this.events.post(pending).catch(asProblem);
    this.busy = false;
    if (this.stopped) return;
    if (!(outcome instanceof Error)) this.events.onPosted(pending, outcome);
    else if (!outcome.passing) this.events.onRefused(pending, outcome);
    else return this.later();
    this.wait = FIRST_WAIT;
    this.kick();
  }

  private later() {
    this.timer = setTimeout(() => this.kick(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }
}
