import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { message } from '../fake/chat';
import { resetBoot } from '../boot';
import { inView, isEmbedded, listen, ownPage, tell } from './page';
import { unreadOf } from './unread';

const SITE = 'https://www.example.fi';
const post = vi.fn();
const page = { postMessage: post } as unknown as Window;
let stop: () => void;

const hear = (data: object, origin = SITE, source: Window = page) => window.dispatchEvent(new MessageEvent('message', { data, origin, source }));

beforeEach(() => {
  history.replaceState(null, '', '/mallila/chat/citizens-advice/embed');
  resetBoot();
  document.head.innerHTML = `<meta name="luukku-boot" content='{"base":"/mallila","authority":"mallila","origins":["${SITE}"]}'>`;
  vi.stubGlobal('parent', page);
  post.mockReset();
  stop = listen();
});
afterEach(() => {
  stop();
  document.head.innerHTML = '';
  vi.unstubAllGlobals();
});

describe('the chat in a frame', () => {
  it('is told apart by its address', () => {
    expect(isEmbedded()).toBe(true);
    expect(ownPage('sv')).toBe('/mallila/chat/citizens-advice?lang=sv');
    history.replaceState(null, '', '/mallila/chat/embed');
    expect(isEmbedded()).toBe(false);
  });

  it('says nothing until a page that the service names has asked, and then to that origin alone', () => {
    tell({ kept: true, unread: 1 });
    hear({ luukku: 'host', shown: true }, 'https://evil.example.fi');
    hear({ luukku: 'host', shown: true }, SITE, window);
    hear({ luukku: 'host', shown: 'yes' });
    expect(post).not.toHaveBeenCalled();
    hear({ luukku: 'host', shown: false });
    tell({ kept: true, unread: 2 });
    expect(post.mock.calls).toEqual([
      [{ luukku: 'frame', kept: true, unread: 1 }, SITE],
      [{ luukku: 'frame', kept: true, unread: 2 }, SITE],
    ]);
  });

  it('is in view only while the page shows it', () => {
    expect(inView()).toBe(false);
    hear({ luukku: 'host', shown: true });
    expect(inView()).toBe(true);
    hear({ luukku: 'host', shown: false });
    expect(inView()).toBe(false);
  });

  it('asks to be minimised with Esc, unless that closed something of its own', () => {
    hear({ luukku: 'host', shown: true });
    post.mockReset();
    const used = new KeyboardEvent('keydown', { key: 'Escape', cancelable: true });
    used.preventDefault();
    window.dispatchEvent(used);
    expect(post).not.toHaveBeenCalled();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(post.mock.calls).toEqual([[{ luukku: 'minimise' }, SITE]]);
  });

  it('counts what advisers wrote after the last that was seen', () => {
    const all = [message(1), message(2, { from: 'citizen' }), message(3), message(4, { from: 'event' })];
    expect(unreadOf(all, 1)).toBe(1);
    expect(unreadOf(all, 0)).toBe(2);
  });
});
