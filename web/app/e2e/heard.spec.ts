import { expect, type Page, test } from '@playwright/test';
import { closeContact, say, staff, startChat, t, takeNext } from './demo';

/** Notes what a screen reader is given to read: every text that comes into a live region, in order. */
async function listen(page: Page) {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const live = (node: Node | null) => (node instanceof Element ? node : node?.parentElement)?.closest('[role=status], [role=log], [role=alert], [aria-live]');
    new MutationObserver((changes) => {
      const told = new Set<string>();
      for (const { target, addedNodes, type } of changes) {
        const region = live(target);
        if (!region || region.getAttribute('aria-live') === 'off') continue;
        const added = type === 'characterData' ? [target] : [...addedNodes];
        const quiet = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest('[aria-hidden=true], [aria-live=off]');
        for (const node of added) if (!quiet(node) && node.textContent) told.add(region.getAttribute('role') === 'log' ? node.textContent : region.textContent);
      }
      heard.push(...told);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

const heard = (page: Page, what: RegExp) => page.evaluate((source) => (window as unknown as { heard: string[] }).heard.filter((text) => new RegExp(source).test(text)), what.source);

test('a citizen hears the place in the queue when it changes, a message once, and writing once for each answer', async ({ page, browser }) => {
  await startChat(page);
  await listen(page);
  await page.waitForTimeout(5_000);
  expect(await heard(page, /jonossa/)).toEqual([]);

  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  const reply = desk.getByRole('textbox', { name: t('fi', 'desk.write.reply') });
  for (const letter of 'abc') {
    await reply.pressSequentially(letter);
    await desk.waitForTimeout(2_500);
  }
  await say(desk, t('fi', 'desk.write.reply'), 'Kuulolla ollaan');
  await expect(page.getByRole('log').getByText('Kuulolla ollaan')).toBeVisible();
  await page.waitForTimeout(1_000);
  expect(await heard(page, /kirjoittaa/)).toHaveLength(1);
  expect(await heard(page, /Kuulolla ollaan/)).toHaveLength(1);

  await listen(desk);
  await page.getByRole('textbox', { name: t('fi', 'chat.write.label') }).pressSequentially('hei', { delay: 300 });
  await page.keyboard.press('Enter');
  await expect(desk.getByRole('log').getByText('hei', { exact: true })).toBeVisible();
  await desk.waitForTimeout(1_000);
  expect(await heard(desk, /kirjoittaa/)).toEqual([]);
  expect(await heard(desk, /hei/)).toHaveLength(1);
  await closeContact(desk);
  await desk.context().close();
});
