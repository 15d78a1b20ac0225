import { boot } from '../boot';

/** Opens another page of the authority, with the language kept. */
export function go(path: string) {
  location.assign(addressOf(path));
}

export function addressOf(path: string): string {
  return `${boot().base}${path}?lang=${document.documentElement.lang}`;
}

/** Set from a sign-out on: that the session has ended is no news then, and the answer says where to go. */
let signingOut = false;

/** To the sign-in page, and from there back to where one was. */
export function toSignIn() {
  if (signingOut) return;
  const here = location.pathname.slice(boot().base.length);
  location.replace(`${addressOf('/sign-in')}&next=${encodeURIComponent(here)}`);
}

/** To a page of another site: the organisation's directory. */
export function leave(address: string) {
  location.assign(address);
}

interface Onward {
  address?: string;
}

/** To the sign-in page after a sign-out, or first to the directory that let one in, which leads back there. */
export async function goOut(signOut: () => Promise<Onward | undefined>) {
  signingOut = true;
  try {
    const to = await signOut();
    if (to?.address) leave(to.address);
    else go('/sign-in');
  } catch (problem) {
    signingOut = false;
    throw problem;
  }
}
