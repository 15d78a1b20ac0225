import { writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { signIn, t } from './demo';

/** What has to be in sight for an interaction to be over. */
type Until = { heading: string } | { log: string } | { written: number };

const ROUNDS = 60;
const LIMIT = 100;

/**
 * From the key going down, as the browser stamps it, until the first frame after the result was in the
 * page: longer by a frame at most, never shorter.
 */
async function measure(page: Page, until: Until, act: () => Promise<void>): Promise<number> {
  await page.evaluate((wanted) => {
    const over = () => {
      const heading = document.querySelector('#main h1')?.textContent ?? '';
      const log = document.querySelector('[role=log]')?.textContent ?? '';
      if ('heading' in wanted) return heading !== '' && heading !== wanted.heading && log !== '';
      if ('log' in wanted) return log.includes(wanted.log);
      return document.querySelector<HTMLTextAreaElement>('textarea[data-focus=write]')?.value.length === wanted.written;
    };
    let from = 0;
    window.addEventListener('keydown', (event) => (from ||= event.timeStamp), { capture: true, once: true });
    Object.assign(window, {
      measured: new Promise<number>((resolve) => {
        const look = () => requestAnimationFrame(() => (from > 0 && over() ? requestAnimationFrame(() => resolve(performance.now() - from)) : look()));
        look();
      }),
    });
  }, until);
  await act();
  return page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured);
}

const heading = (page: Page) => page.evaluate(() => document.querySelector('#main h1')?.textContent ?? '');

function told(name: string, all: number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (p: number) => sorted[Math.floor(p * (sorted.length - 1))] ?? NaN;
  // On the standard output of the whole: the runner's own is for its progress.
  writeFileSync(1, `${name}: p50 ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, longest ${at(1).toFixed(0)} ms (${all.length} times)\n`);
  return at(0.95);
}

test('what an adviser feels while the desk works', async ({ page }) => {
  const { LUUKKU_BENCH_AUTHORITY: authority = '', LUUKKU_BENCH_USERNAME: username = '', LUUKKU_BENCH_PASSWORD: password = '' } = process.env;
  await signIn(page, { authority, username, password, role: 'adviser' });
  await page.goto(`/${authority}/desk?lang=fi`);
  await expect(page.getByRole('list', { name: t('fi', 'desk.mine.title') }).or(page.getByText(t('fi', 'desk.mine.title'))).first()).toBeVisible();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const next = () => page.keyboard.press('Alt+j');
  await next();
  await expect(page.getByRole('log')).toBeVisible();

  const [opening, switching, typing, sending]: number[][] = [[], [], [], []];
  for (let n = 0; n < 9; n++) opening!.push(await measure(page, { heading: await heading(page) }, next));
  for (let n = 0; n < ROUNDS; n++) switching!.push(await measure(page, { heading: await heading(page) }, next));
  const box = page.locator('textarea[data-focus=write]');
  for (let n = 0; n < ROUNDS / 3; n++) {
    await box.focus();
    const words = `Vastaus ${n}`;
    for (const [i, letter] of Array.from(words).entries()) typing!.push(await measure(page, { written: i + 1 }, () => page.keyboard.press(letter === ' ' ? 'Space' : letter)));
    sending!.push(await measure(page, { log: words }, () => page.keyboard.press('Enter')));
    await next();
    await expect(box).toHaveValue('');
  }
  const slowest = Math.max(
    told('opening a contact', opening!),
    told('switching to another', switching!),
    told('a letter', typing!),
    told('sending', sending!),
  );
  expect(slowest).toBeLessThanOrEqual(LIMIT);
});
