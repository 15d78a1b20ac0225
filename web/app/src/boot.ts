import { isLang, type Lang } from './text/lookup';

/** What the server tells the page in `<meta name="luukku-boot">`. */
export interface Boot {
  /** Prefix of every path: "/dvv", or "" where the host name tells the authority. */
  base: string;
  authority: string;
  names: Partial<Record<Lang, string>>;
  /** IANA zone of the authority. */
  zone: string;
  demo: boolean;
  /** Of the sites that may carry this page in a frame; only in the chat's form for frames. */
  origins?: readonly string[];
}

const FALLBACK_ZONE = 'Europe/Helsinki';
let read: Boot | undefined;

/** Reads the page's head once. Under `vite dev` the first segment of the path is the authority. */
export function boot(): Boot {
  return (read ??= parse(document.querySelector<HTMLMetaElement>('meta[name="luukku-boot"]')?.content));
}

/** Forgets what was read (tests only). */
export function resetBoot() {
  read = undefined;
}

function parse(content: string | undefined): Boot {
  const slug = location.pathname.split('/')[1] ?? '';
  const atRoot = slug === '' || slug === 'setup';
  const guessed = { base: atRoot ? '' : `/${slug}`, authority: slug, names: {}, zone: FALLBACK_ZONE, demo: false };
  if (!content || content.startsWith('{{')) return guessed;
  return { ...guessed, ...(JSON.parse(content) as Partial<Boot>) };
}

/** The page's language: the address, then what the server chose, then the browser, then Finnish. */
export function chosenLang(): Lang {
  const wishes = [
    new URLSearchParams(location.search).get('lang'),
    document.documentElement.lang,
    ...navigator.languages.map((tag) => tag.slice(0, 2)),
  ];
  return wishes.find(isLang) ?? 'fi';
}
