import { expect, test } from '@playwright/test';
import { account, closeContact, has, leave, say, signIn, staff, startChat, t, takeNext } from './demo';

test('an adviser serves several at once, each with its own draft', async ({ browser }) => {
  const citizens = [await browser.newPage(), await browser.newPage()];
  for (const [i, citizen] of citizens.entries()) {
    await startChat(citizen);
    await say(citizen, t('fi', 'chat.write.label'), `asia ${i + 1}`);
    await expect(citizen.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  }
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, citizens[0]!);
  await expect(desk.getByRole('log').getByText('asia 1')).toBeVisible();
  const write = desk.getByRole('textbox', { name: t('fi', 'desk.write.reply') });
  await write.fill('kesken ensimmäiselle');
  await desk.keyboard.press('Alt+n');
  await expect(desk.getByRole('log').getByText('asia 2')).toBeVisible();
  await expect(write).toHaveValue('');
  await desk.keyboard.press('Alt+j');
  await expect(write).toHaveValue('kesken ensimmäiselle');
  await write.fill('');
  await closeContact(desk);
  await desk.keyboard.press('Alt+j');
  await expect(desk.getByRole('log').getByText('asia 2')).toBeVisible();
  await closeContact(desk);
  await desk.context().close();
});

test('a citizen who leaves is seen to have left, and a closed contact can be reopened', async ({ browser }) => {
  const citizen = await browser.newPage();
  await startChat(citizen);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, citizen);
  await expect(desk.getByText(t('fi', 'desk.head.present'))).toBeVisible();
  await closeContact(desk);
  await expect(citizen.getByRole('heading', { name: t('fi', 'chat.ended.title') })).toBeVisible();
  await desk.getByRole('button', { name: t('fi', 'desk.head.reopen') }).click();
  await expect(citizen.getByRole('textbox', { name: t('fi', 'chat.write.label') })).toBeVisible();
  await citizen.close();
  await expect(desk.getByRole('region').getByText(t('fi', 'desk.head.left'))).toBeVisible({ timeout: 30_000 });
  await closeContact(desk);
  await desk.context().close();
});

test('an abusive chat is ended for good, and the citizen is told why', async ({ page, browser }) => {
  await startChat(page);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  await desk.getByRole('button', { name: t('fi', 'desk.head.abusive') }).click();
  await desk.getByRole('button', { name: t('fi', 'desk.abusive.do') }).click();
  await expect(page.getByText(t('fi', 'chat.ended.reasons.abusive'))).toBeVisible();
  await expect(desk.getByText(t('fi', 'desk.write.over'))).toBeVisible();
  await expect(desk.getByRole('button', { name: t('fi', 'desk.head.reopen') })).toHaveCount(0);
  await desk.context().close();
});

test('an earlier contact is found by its reference code, under a purpose with a reason', async ({ page, browser }) => {
  await startChat(page);
  await say(page, t('fi', 'chat.write.label'), 'palaan tähän myöhemmin');
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  await closeContact(desk);
  const code = (await page.locator('strong').innerText()).trim();
  await desk.keyboard.press('Alt+h');
  await desk.getByLabel(t('fi', 'desk.search.value')).fill(code);
  await desk.getByLabel(t('fi', 'staff.reason')).fill('Asiakas palasi asiaan');
  await desk.getByRole('button', { name: t('fi', 'desk.search.do'), exact: true }).click();
  await desk.getByRole('button', { name: has('fi', 'desk.search.open') }).click();
  await expect(desk.getByText('palaan tähän myöhemmin')).toBeVisible();
  await expect(desk.getByText(has('fi', 'desk.facts.reading'))).toBeVisible();
  await desk.context().close();
});

test('the desk fits 1280 × 800: the frame does not scroll', async ({ page, browser }) => {
  await startChat(page);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  for (let i = 0; i < 30; i++) await say(page, t('fi', 'chat.write.label'), `rivi ${i}`);
  await expect(desk.getByText('rivi 29')).toBeVisible();
  const room = await desk.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { wide: scrollWidth - innerWidth, high: scrollHeight - innerHeight };
  });
  expect(room).toEqual({ wide: 0, high: 0 });
  await closeContact(desk);
  await desk.context().close();
});

test('a wrong password is refused in words, and signing out ends the session', async ({ browser }) => {
  const page = await browser.newPage();
  const who = account('dvv', 'adviser', 1);
  await page.goto('/dvv/sign-in?lang=fi');
  await page.getByLabel(t('fi', 'signin.username')).fill(who.username);
  await page.getByLabel(t('fi', 'signin.password')).fill('väärä salasana');
  await page.getByRole('button', { name: t('fi', 'signin.submit') }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await signIn(page, who);
  await page.getByRole('button', { name: t('fi', 'staff.signOut') }).click();
  await expect(page.getByRole('heading', { name: t('fi', 'signin.title') })).toBeVisible();
  await page.goto('/dvv/desk?lang=fi');
  await expect(page.getByText(t('fi', 'signin.ended'))).toBeVisible();
  await page.close();
});

test('leaving the queue is the citizen’s own choice at any time', async ({ page }) => {
  await startChat(page);
  await leave(page);
});
