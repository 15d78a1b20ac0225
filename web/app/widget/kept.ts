/** Whether the chat was open or minimised when this tab left the page. Nothing is kept before a chat was started. */
export type Was = 'open' | 'minimised';

const slot = (base: string, service: string) => `luukku-widget:${base}:${service}`;

export function keep(base: string, service: string, was: Was | null) {
  try {
    if (was) sessionStorage.setItem(slot(base, service), was);
    else sessionStorage.removeItem(slot(base, service));
  } catch {
    // A browser that refuses loses only that the chat comes back by itself on the next page.
  }
}

export function kept(base: string, service: string): Was | null {
  try {
    const was = sessionStorage.getItem(slot(base, service));
    return was === 'open' || was === 'minimised' ? was : null;
  } catch {
    return null;
  }
}
