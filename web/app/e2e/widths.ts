import type { Page, ViewportSize } from '@playwright/test';

/** A laptop's window, and a narrow telephone's or 400 % zoom (WCAG 2.1, 1.4.10). */
export const WIDE: ViewportSize = { width: 1280, height: 800 };
export const NARROW: ViewportSize = { width: 320, height: 640 };

/** Does something with the page at either width and leaves it wide. */
export async function atEachWidth(page: Page, act: (size: ViewportSize) => Promise<void>) {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await page.evaluate(drawn);
    await act(size);
  }
  await page.setViewportSize(WIDE);
}

/** Once the page has been laid out and drawn anew. */
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
