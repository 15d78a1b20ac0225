import { css } from './look';
import { chatPage, type Options } from './options';
import type { T } from './text';

/** Makes an element; nothing of the page or of the network is ever read as markup. */
function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

export type View = ReturnType<typeof draw>;

/** The button and the dialog, in a shadow root of their own at the end of the page. */
export function draw({ lang, colour, side, base, service }: Options, t: T) {
  const count = make('span', { class: 'count', 'aria-hidden': 'true', hidden: '' });
  const heard = make('span', { class: 'heard', role: 'status' });
  const opener = make('button', { type: 'button', class: 'opener', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, t('widget.name'), count);
  const close = make('button', { type: 'button' });
  const opening = make('p', { role: 'status' }, t('widget.opening'));
  const way = make('a', { href: `${chatPage({ base, service })}?lang=${lang}`, target: '_blank', rel: 'noreferrer' }, t('widget.ownPage'));
  const failed = make('div', { role: 'alert', hidden: '' }, make('p', {}, t('widget.failed')), way);
  const said = make('div', { class: 'said' }, opening, failed);
  const bar = make('div', { class: 'bar' }, make('h2', { id: 'name' }, t('widget.name')), close);
  const dialog = make('dialog', { 'aria-labelledby': 'name' }, bar, said);
  const region = make('div', { role: 'region', 'aria-label': t('widget.name'), lang }, dialog, opener, heard);
  const host = make('div', { 'data-luukku-widget': service });
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css(colour, side));
  root.adoptedStyleSheets = [sheet];
  root.append(region);
  return { host, root, opener, count, heard, close, opening, failed, said, dialog };
}

/** Puts it into the page, above what the page itself lays on top where the browser can. */
export function put({ host }: View) {
  document.body.append(host);
  if (typeof host.showPopover !== 'function') return;
  host.popover = 'manual';
  host.showPopover();
}
