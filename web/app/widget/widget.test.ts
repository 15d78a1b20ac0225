import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SILENT } from './frame';
import { kept } from './kept';
import { readOptions } from './options';
import { textsIn } from './text';
import { Widget } from './widget';

const ORIGIN = 'https://luukku.example.fi';
const BASE = `${ORIGIN}/dvv`;
/** What the frame shows, as far as a page can reach it. */
const inside = { postMessage: vi.fn() };
let warned: string[];
let widget: Widget;

function script(data: Record<string, string> = { service: 'citizens-advice' }) {
  const element = document.createElement('script');
  element.src = `${BASE}/widget.js`;
  Object.assign(element.dataset, data);
  return element;
}

/** A page on which the script has run. */
function visit() {
  document.body.replaceChildren();
  widget = new Widget(readOptions(script(), document)!, textsIn('fi'), (text) => warned.push(text));
  widget.start();
}

const frame = () => widget.view.root.querySelector('iframe');

/** What comes from the frame; the rest is what a hostile page could change about it. */
function hear(data: object, { origin = ORIGIN, source = inside as unknown as Window } = {}) {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  inside.postMessage.mockReset();
  vi.spyOn(HTMLIFrameElement.prototype, 'contentWindow', 'get').mockReturnValue(inside as unknown as Window);
  CSSStyleSheet.prototype.replaceSync = () => undefined;
  HTMLDialogElement.prototype.close = function () {
    this.removeAttribute('open');
  };
  vi.useFakeTimers();
  warned = [];
  document.documentElement.lang = 'sv-FI';
  visit();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the script’s tag', () => {
  it('says for which service; the rest has defaults', () => {
    expect(readOptions(script(), document)).toEqual({ base: BASE, origin: ORIGIN, service: 'citizens-advice', lang: 'sv', side: 'right', colour: '#00357a', warnings: [] });
    expect(readOptions(script({ service: 'a', lang: 'en', position: 'left', colour: '#ff0' }), document)).toMatchObject({ lang: 'en', side: 'left', colour: '#00357a', warnings: [expect.stringContaining('contrast')] });
    document.documentElement.lang = 'de';
    expect(readOptions(script(), document)?.lang).toBe('fi');
  });

  it.each<Record<string, string>>([{}, { service: '' }, { service: '../desk' }, { service: 'A b' }])('without a service is none: %o', (data) => {
    expect(readOptions(script(data), document)).toBeNull();
  });
});

describe('the widget', () => {
  it('loads and keeps nothing before it is opened, nor before a chat was started', () => {
    expect(frame()).toBeNull();
    widget.view.opener.click();
    expect(frame()?.src).toBe(`${BASE}/chat/citizens-advice/embed?lang=sv`);
    hear({ luukku: 'frame', kept: false, unread: 0 });
    widget.view.close.click();
    expect(frame()).toBeNull();
    expect(sessionStorage.length).toBe(0);
    expect(document.cookie).toBe('');
  });

  it('keeps a running chat over minimising and over a change of pages, and nothing after it was cleared', () => {
    widget.view.opener.click();
    hear({ luukku: 'frame', kept: true, unread: 0 });
    expect(kept(BASE, 'citizens-advice')).toBe('open');
    expect(widget.view.close.textContent).toBe('Pienennä chat');
    widget.view.close.click();
    expect(kept(BASE, 'citizens-advice')).toBe('minimised');
    expect(frame()).not.toBeNull();
    visit();
    expect(frame()).not.toBeNull();
    expect(widget.view.dialog.hasAttribute('open')).toBe(false);
    hear({ luukku: 'frame', kept: true, unread: 2 });
    expect(widget.view.opener.getAttribute('aria-label')).toBe('Chat, 2 uutta viestiä');
    expect(widget.view.heard.textContent).toBe('2 uutta viestiä');
    widget.view.opener.click();
    hear({ luukku: 'frame', kept: false, unread: 0 });
    widget.view.close.click();
    expect(sessionStorage.length).toBe(0);
    expect(frame()).toBeNull();
  });

  it('comes back open without taking the focus', () => {
    widget.view.opener.click();
    hear({ luukku: 'frame', kept: true, unread: 0 });
    visit();
    hear({ luukku: 'frame', kept: true, unread: 0 });
    expect(widget.view.dialog.hasAttribute('open')).toBe(true);
    expect(document.activeElement).toBe(document.body);
  });

  it('moves the focus in and back, and Esc minimises on either side', () => {
    widget.view.opener.click();
    expect(widget.view.root.activeElement).toBe(widget.view.close);
    hear({ luukku: 'frame', kept: true, unread: 0 });
    expect(widget.view.root.activeElement).toBe(frame());
    hear({ luukku: 'minimise' });
    expect(widget.view.opener.getAttribute('aria-expanded')).toBe('false');
    expect(widget.view.root.activeElement).toBe(widget.view.opener);
    widget.view.opener.click();
    widget.view.close.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(widget.view.dialog.hasAttribute('open')).toBe(false);
  });

  it('hears its own frame alone', () => {
    widget.view.opener.click();
    const state = { luukku: 'frame', kept: true, unread: 3 };
    hear(state, { origin: 'https://evil.example.fi' });
    hear(state, { source: window });
    for (const data of [{ luukku: 'frame', kept: 'yes', unread: 1 }, { luukku: 'frame', kept: true, unread: -1 }, { luukku: 'frame', kept: true, unread: 1.5 }, { kept: true }]) hear(data);
    expect(sessionStorage.length).toBe(0);
    expect(widget.view.said.hidden).toBe(false);
  });

  it('speaks with its frame at the frame’s origin alone', () => {
    widget.view.opener.click();
    frame()!.dispatchEvent(new Event('load'));
    expect(inside.postMessage.mock.calls).toEqual([[{ luukku: 'host', shown: true }, ORIGIN]]);
  });

  it('says so, and offers the page itself, when the frame stays silent; and takes it back if it comes late', () => {
    widget.view.opener.click();
    frame()!.dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(SILENT + 1);
    expect(widget.view.failed.hidden).toBe(false);
    expect(widget.view.failed.querySelector('a')?.href).toBe(`${BASE}/chat/citizens-advice?lang=sv`);
    expect(warned.join()).toContain(location.origin);
    hear({ luukku: 'frame', kept: false, unread: 0 });
    expect(widget.view.said.hidden).toBe(true);
  });
});
