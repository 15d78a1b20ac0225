import { describe, expect, it } from 'vitest';
import type { Message } from '../api/shapes';
import { apply, emptyThread, hasGap, type Pending, type Thread, type ThreadEvent } from './thread';

const message = (n: number, part: Partial<Message> = {}): Message => ({
  contact: 'c_1',
  n,
  at: 1_000 * n,
  from: 'adviser',
  lang: 'fi',
  text: `viesti ${n}`,
  ...part,
});

const came = (n: number, part?: Partial<Message>): ThreadEvent => ({ t: 'message', message: message(n, part) });
const run = (after: number, numbers: number[], last: number): ThreadEvent => ({
  t: 'run',
  after,
  messages: numbers.map((n) => message(n)),
  last,
});
const pending = (clientId: string, part: Partial<Pending> = {}): Pending => ({
  clientId,
  text: `oma ${clientId}`,
  lang: 'sv',
  kind: 'reply',
  at: 1,
  ...part,
});
const after = (events: ThreadEvent[], start: Thread = emptyThread) => events.reduce(apply, start);
const numbers = (thread: Thread) => thread.messages.map(({ n }) => n);

describe('a thread', () => {
  it('keeps messages in the order of their numbers, whatever order they come in', () => {
    const thread = after([came(2), came(3), came(1)]);
    expect(numbers(thread)).toEqual([1, 2, 3]);
    expect(thread.complete).toBe(3);
    expect(hasGap(thread)).toBe(false);
  });

  it('shows a message once, however often it comes', () => {
    const once = after([came(1), came(2)]);
    const twice = after([came(2), came(1), run(0, [1, 2], 2)], once);
    expect(twice.messages).toEqual(once.messages);
  });

  it('knows that numbers are missing, and from where to fetch them', () => {
    const thread = after([came(1), came(4)]);
    expect(hasGap(thread)).toBe(true);
    expect(thread.complete).toBe(1);
    expect(numbers(thread)).toEqual([1, 4]);
  });

  it('fills a gap by a fetch and joins what had come live meanwhile', () => {
    const thread = after([came(1), came(4), came(5), run(1, [2, 3], 4)]);
    expect(thread.complete).toBe(5);
    expect(hasGap(thread)).toBe(false);
  });

  it('takes numbers that it may not see as complete when the server has nothing more to give', () => {
    const thread = after([came(1), came(3), run(1, [3], 4)]);
    expect(thread.complete).toBe(3);
    expect(hasGap(thread)).toBe(true);
    expect(hasGap(after([run(3, [], 4)], thread))).toBe(false);
  });

  it('goes on fetching when a run ends before the newest number', () => {
    const thread = after([run(0, [1, 2], 900)]);
    expect(thread.complete).toBe(2);
    expect(hasGap(thread)).toBe(true);
  });

  it('does not believe a run that starts beyond what it has', () => {
    const thread = after([came(1), run(5, [6], 6)]);
    expect(thread.complete).toBe(1);
    expect(hasGap(thread)).toBe(true);
  });

  it('learns from the state that something exists which never came', () => {
    expect(hasGap(after([came(1), { t: 'exists', n: 2 }]))).toBe(true);
    expect(hasGap(after([came(1), { t: 'exists', n: 1 }]))).toBe(false);
  });
});

describe('messages of one own', () => {
  const posted = (clientId: string, n: number, masked = false): ThreadEvent => ({
    t: 'posted',
    clientId,
    posted: { n, at: 5, masked },
    from: 'citizen',
    contact: 'c_1',
  });

  it('wait until the server answers, then stand under their number with the same client id', () => {
    const thread = after([{ t: 'write', pending: pending('a') }, posted('a', 1)]);
    expect(thread.pending).toEqual([]);
    expect(thread.messages).toMatchObject([{ n: 1, text: 'oma a', lang: 'sv', from: 'citizen', client_id: 'a' }]);
  });

  it('are there once when the event comes before the answer, and when it comes after it', () => {
    const event = came(1, { from: 'citizen', text: 'oma a', client_id: 'a' });
    const write: ThreadEvent = { t: 'write', pending: pending('a') };
    for (const order of [
      [write, event, posted('a', 1)],
      [write, posted('a', 1), event],
    ])
      expect(after(order)).toMatchObject({ pending: [], complete: 1, messages: [{ n: 1 }] });
  });

  it('are fetched when the server has masked something in them', () => {
    const thread = after([{ t: 'write', pending: pending('a') }, posted('a', 1, true)]);
    expect(thread.messages).toEqual([]);
    expect(hasGap(thread)).toBe(true);
  });

  it('answered with a number far ahead leave the numbers between to be fetched', () => {
    const thread = after([came(1), { t: 'write', pending: pending('a') }, posted('a', 3)]);
    expect(thread.complete).toBe(1);
    expect(numbers(thread)).toEqual([1, 3]);
  });

  it('stay with the reason when refused, and can be tried again or dropped', () => {
    const refused = after([
      { t: 'write', pending: pending('a') },
      { t: 'refused', clientId: 'a', reason: 'liian pitkä' },
    ]);
    expect(refused.pending[0]?.refused).toBe('liian pitkä');
    expect(after([{ t: 'retry', clientId: 'a' }], refused).pending[0]).toEqual(pending('a'));
    expect(after([{ t: 'drop', clientId: 'a' }], refused).pending).toEqual([]);
  });
});

describe('receipts', () => {
  it('never go back, and what is seen has been delivered', () => {
    const thread = after([
      { t: 'seen', n: 4 },
      { t: 'delivered', n: 2 },
      { t: 'seen', n: 1 },
    ]);
    expect(thread).toMatchObject({ seen: 4, delivered: 4 });
  });
});

describe('a long thread', () => {
  it('takes 10,000 messages and what comes after them', () => {
    const all = Array.from({ length: 10_000 }, (_, i) => i + 1);
    const thread = after([run(0, all, 10_000), ...Array.from({ length: 500 }, (_, i) => came(10_001 + i))]);
    expect(thread.complete).toBe(10_500);
  });
});
