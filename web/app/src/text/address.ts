import type { Lang } from './lookup';

/** The language lives in the address (`?lang=`) and on <html>, not in a cookie. */
export function rememberInAddress(lang: Lang) {
  document.documentElement.lang = lang;
  const url = new URL(location.href);
  if (url.searchParams.get('lang') === lang) return;
  url.searchParams.set('lang', lang);
  history.replaceState(history.state, '', url);
}
