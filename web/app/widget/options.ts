import { isLang, type Lang } from '../src/text/lookup';
import { chosen } from './colour';

export interface Options {
  /** Address of the authority, without a slash at the end: where the script came from. */
  base: string;
  /** The only origin that is spoken with. */
  origin: string;
  service: string;
  lang: Lang;
  side: 'left' | 'right';
  colour: string;
  /** For the developer of the page. */
  warnings: string[];
}

/** The chat as a page of its own. */
export const chatPage = ({ base, service }: Pick<Options, 'base' | 'service'>) => `${base}/chat/${service}`;

/** What the script's own tag says; null when it does not say for which service. */
export function readOptions(script: HTMLScriptElement, page: Document): Options | null {
  const { service, lang, position, colour: wanted } = script.dataset;
  if (!service || !/^[a-z][a-z0-9-]*$/.test(service)) return null;
  const { origin, pathname } = new URL(script.src);
  const { colour, refused } = chosen(wanted);
  return {
    base: origin + pathname.replace(/\/[^/]*$/, ''),
    origin,
    service,
    lang: [lang, page.documentElement.lang].map((tag) => tag?.slice(0, 2).toLowerCase()).find(isLang) ?? 'fi',
    side: position === 'left' ? 'left' : 'right',
    colour,
    warnings: refused ? [refused] : [],
  };
}
