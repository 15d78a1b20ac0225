import { devices, expect, type Page, test } from '@playwright/test';
import { closeContact, say, staff, startChat, t, takeNext } from './demo';

/** Nothing is cut off or needs scrolling sideways (WCAG 1.4.10). */
async function fits(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

const widths = [
  { name: '320 px wide', use: { viewport: { width: 320, height: 640 }, hasTouch: true } },
  // A window of 1280 × 800 at 400 %.
  { name: '400 % zoom', use: { viewport: { width: 320, height: 200 } } },
  { name: 'a telephone', use: (({ defaultBrowserType: _, ...phone }) => phone)(devices['Pixel 5']) },
];

for (const { name, use } of widths)
  test(`a chat from beginning to end at ${name}`, async ({ browser }) => {
    const page = await (await browser.newContext({ ...use, locale: 'fi-FI' })).newPage();
    await startChat(page);
    await fits(page);
    await say(page, t('fi', 'chat.write.label'), 'Pitkäsanaisuudenvälttämättömyydestäjohtuvaerittäinpitkäyhdyssanajokaeimahdu'.repeat(3));
    if (use.hasTouch) await page.getByRole('button', { name: t('fi', 'chat.write.send') }).click();
    const desk = await staff(browser, 'adviser');
    await takeNext(desk, page);
    await say(desk, t('fi', 'desk.write.reply'), 'https://www.example.fi/erittain/pitka/osoite/joka/ei/mahdu/yhdelle/riville/kapeassa/ikkunassa');
    await expect(page.getByRole('link', { name: /example\.fi/ })).toBeVisible();
    await fits(page);
    await page.getByRole('button', { name: t('fi', 'chat.end.open') }).click();
    await fits(page);
    await page.getByRole('button', { name: t('fi', 'chat.end.goOn') }).click();
    await closeContact(desk);
    await expect(page.getByRole('heading', { name: t('fi', 'chat.ended.title') })).toBeVisible();
    await fits(page);
    await desk.context().close();
    await page.context().close();
  });

test('the desk at 320 px is one column that fits', async ({ page, browser }) => {
  await startChat(page);
  const desk = await staff(browser, 'adviser', { size: { viewport: { width: 320, height: 640 } } });
  await takeNext(desk, page);
  await fits(desk);
  await closeContact(desk);
  await fits(desk);
  await desk.context().close();
});

test('a notice at 320 px has no table that is wider than the page', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
  await page.goto('/dvv/notices/guardianship-chat?lang=fi');
  await fits(page);
  const over = await page.locator('.notice-scroll').evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(over).toBe(0);
  await page.context().close();
});
