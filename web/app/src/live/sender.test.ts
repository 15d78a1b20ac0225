import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { Sender } from './sender';
import type { Pending } from './thread';

const of = (clientId: string): Pending => ({ clientId, text: clientId, lang: 'fi', kind: 'reply', at: 0 });

function setUp(queue: Pending[]) {
  const post = vi.fn((p: Pending) => Promise.resolve({ n: Number(p.clientId), at: 1, masked: false }));
  const refused = new Map<string, string>();
  const take = (p: Pending) => void queue.splice(queue.indexOf(p), 1);
  const sender = new Sender({
    next: () => queue.find((p) => !refused.has(p.clientId)),
    post,
    onPosted: take,
    onRefused: (p, problem) => refused.set(p.clientId, problem.code),
  });
  return { post, refused, sender, queue };
}

const sent = (post: ReturnType<typeof setUp>['post']) => post.mock.calls.map(([p]) => p.clientId);

describe('a sender', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  it('sends one at a time, in the order they were written', async () => {
    const { sender, post, queue } = setUp([of('1'), of('2'), of('3')]);
    sender.kick();
    sender.kick();
    await vi.runAllTimersAsync();
    expect(sent(post)).toEqual(['1', '2', '3']);
    expect(queue).toEqual([]);
  });

  it('repeats the same message with the same id until the line is back, and only then the next', async () => {
    const { sender, post } = setUp([of('1'), of('2')]);
    post.mockRejectedValueOnce(new Problem({ code: 'offline' }));
    post.mockRejectedValueOnce(new Problem({ code: 'busy', status: 503 }));
    sender.kick();
    await vi.runAllTimersAsync();
    expect(sent(post)).toEqual(['1', '1', '1', '2']);
  });

  it('sets a message aside that the server refuses for good, and goes on', async () => {
    const { sender, post, refused } = setUp([of('1'), of('2')]);
    post.mockRejectedValueOnce(new Problem({ code: 'invalid', status: 400 }));
    sender.kick();
    await vi.runAllTimersAsync();
    expect(sent(post)).toEqual(['1', '2']);
    expect(refused.get('1')).toBe('invalid');
  });

  it('does nothing more once it is stopped', async () => {
    const { sender, post } = setUp([of('1')]);
    post.mockRejectedValueOnce(new Problem({ code: 'offline' }));
    sender.kick();
    await vi.advanceTimersByTimeAsync(1);
    sender.stop();
    await vi.runAllTimersAsync();
    expect(sent(post)).toEqual(['1']);
  });
});
