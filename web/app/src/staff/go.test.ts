import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const DIRECTORY = 'https://directory.example.fi/end';
let went: string[] = [];
let go: typeof import('./go');

beforeEach(async () => {
  went = [];
  const note = (to: string) => void went.push(to);
  vi.stubGlobal('location', { pathname: '/dvv/desk', search: '', assign: note, replace: note });
  vi.resetModules();
  go = await import('./go');
});
afterEach(() => vi.unstubAllGlobals());

describe('signing out', () => {
  it('leads to the directory, though the line tells first that the session has ended', async () => {
    await go.goOut(() => {
      go.toSignIn();
      return Promise.resolve({ address: DIRECTORY });
    });
    go.toSignIn();
    expect(went).toEqual([DIRECTORY]);
  });

  it('leads to the sign-in page without a directory', async () => {
    await go.goOut(() => Promise.resolve({}));
    expect(went).toEqual([expect.stringContaining('/dvv/sign-in?lang=')]);
  });

  it('that fails changes nothing: a session that ends later is told', async () => {
    await expect(go.goOut(() => Promise.reject(new Error('offline')))).rejects.toThrow('offline');
    go.toSignIn();
    expect(went).toEqual([expect.stringContaining('next=')]);
  });
});
