import { boot } from '../boot';

/** Opens another page of the authority, with the language kept. */
export function go(path: string) {
  location.assign(addressOf(path));
}

export function addressOf(path: string): string {
  return `${boot().base}${path}?lang=${document.documentElement.lang}`;
}

/** To the sign-in page, and from there back to where one was. */
export function toSignIn() {
  const here = location.pathname.slice(boot().base.length);
  location.replace(`${addressOf('/sign-in')}&next=${encodeURIComponent(here)}`);
}
