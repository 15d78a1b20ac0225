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

/** To a page of another site: the organisation's directory. */
export function leave(address: string) {
  location.assign(address);
}

/** To the sign-in page after a sign-out, or first to the directory that let one in, which leads back there. */
export function goOut(to?: { address?: string }) {
  if (to?.address) leave(to.address);
  else go('/sign-in');
}
