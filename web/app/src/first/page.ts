import type { ChatService } from '../api/shapes';
import { boot } from '../boot';
import { type Format, formatIn } from '../text/format';
import { isLang, type Lang, lookup } from '../text/lookup';
import type { Translate } from '../text/TextProvider';

/** What the whole front end consists of. */
export interface Front {
  script: string;
  styles: string[];
  modules: string[];
}

/** What the server wrote into the page for this script (web/chatpage.go). */
export interface Data {
  front: Front;
  service?: ChatService;
  /** The service's, from the address. */
  id: string;
  texts: object;
}

/** The page and its texts in one language. */
export interface Page {
  data: Data;
  lang: Lang;
  t: Translate;
  format: Format;
}

/** Reads what the server wrote into the page, in the language that it was written in. */
export function pageOf(written = document.documentElement.lang): Page {
  const data = JSON.parse(document.getElementById('first-data')?.textContent ?? '{}') as Data;
  const lang = isLang(written) ? written : 'fi';
  return { data, lang, t: (key, args) => lookup(data.texts, lang, key, args), format: formatIn(lang, boot().zone) };
}

type Props = Record<string, string | number | EventListener>;

/** Makes an element; a property whose name begins with "on" listens, the others are attributes. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props))
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Changes a text only where it differs: what is read out is read out once. */
export function say(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text;
}
