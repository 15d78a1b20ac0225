import { act } from '@testing-library/react';
import type { Call, Connected, Push } from '../api/shapes';
import type { LineEvents, LineState, Method, OpenLine } from '../live/line';

/** A socket in the hands of a test. */
export class FakeLine {
  events: LineEvents | undefined;
  told: { method: Method; call: Call }[] = [];
  opened = 0;
  closed = 0;

  readonly open: OpenLine = (events) => {
    this.events = events;
    this.opened++;
    return {
      tell: (method, call) => {
        this.told.push({ method, call });
      },
      hurry: () => undefined,
      close: () => {
        this.closed++;
      },
    };
  };

  /** What the client said when it connected last. */
  greeting = () => this.events?.greeting() as Record<string, unknown>;

  async connect(answer: Partial<Connected> = {}) {
    await this.state('open');
    await act(async () => this.events?.onConnected({ messages: [], ...answer }));
  }

  async push(push: Push) {
    await act(async () => this.events?.onPush(push));
  }

  async state(state: LineState) {
    await act(async () => this.events?.onState(state));
  }
}
