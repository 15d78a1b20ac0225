import { expect, test } from '@playwright/test';
import { closeContact, has, leave, say, staff, startChat, t, takeNext } from './demo';

const LABEL = t('fi', 'chat.write.label');

test('a colleague who declines has read nothing, and the sender goes on', async ({ page, browser }) => {
  await startChat(page);
  await say(page, LABEL, 'vain yhdelle');
  const [sender, receiver] = [await staff(browser, 'adviser'), await staff(browser, 'adviser', { nth: 1 })];
  const read: string[] = [];
  receiver.on('response', (answer) => read.push(answer.url()));
  await receiver.goto('/dvv/desk?lang=fi');
  await receiver.getByRole('button', { name: t('fi', 'desk.presence.present') }).click();
  await takeNext(sender, page);
  await sender.keyboard.press('Alt+p');
  const form = sender.getByRole('form', { name: t('fi', 'desk.pass.title') });
  await form.getByLabel(t('fi', 'desk.pass.to'), { exact: true }).selectOption('adviser');
  await form.getByRole('button', { name: t('fi', 'desk.pass.doAsk') }).click();
  await expect(receiver.getByText(has('fi', 'desk.handover.asks'))).toBeVisible();
  await receiver.keyboard.press('Alt+x');
  await expect(receiver.getByText(has('fi', 'desk.handover.asks'))).toHaveCount(0);
  await expect(sender.getByText(has('fi', 'desk.said.not_taken'))).toHaveCount(1);
  await expect(receiver.getByText('vain yhdelle')).toHaveCount(0);
  expect(read.filter((url) => /contacts\/c_[a-z0-9]+$/.test(url))).toEqual([]);
  await say(sender, t('fi', 'desk.write.reply'), 'jatketaan');
  await expect(page.getByText('jatketaan')).toBeVisible();
  await closeContact(sender);
  for (const desk of [sender, receiver]) await desk.context().close();
});

test('a citizen starts anew elsewhere with what they chose, and nothing of it lies in the address or the browser', async ({ page, browser }) => {
  await startChat(page);
  await say(page, LABEL, 'tämä mukaan');
  await say(page, LABEL, 'tämä ei');
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  await desk.getByRole('button', { name: t('fi', 'desk.head.pass') }).click();
  const form = desk.getByRole('form', { name: t('fi', 'desk.pass.title') });
  await form.getByLabel(t('fi', 'desk.pass.to'), { exact: true }).selectOption('elsewhere');
  await form.getByLabel(t('fi', 'desk.pass.whichElsewhere'), { exact: true }).selectOption('mallila/citizens-advice');
  await form.getByRole('button', { name: t('fi', 'desk.pass.doOffer') }).click();
  await page.getByRole('button', { name: t('fi', 'chat.offer.choose') }).click();
  await page.getByRole('checkbox', { name: 'tämä mukaan' }).check({ force: true });
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: t('fi', 'chat.offer.go') }).click();
  const there = await opened;
  await expect(there.getByLabel(t('fi', 'chat.start.carried'), { exact: true })).toHaveValue('tämä mukaan');
  expect(new URL(there.url()).pathname + new URL(there.url()).search + new URL(there.url()).hash).toBe('/mallila/chat/citizens-advice?lang=fi');
  expect(await there.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([0, 0, '']);
  await there.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await expect(there.getByRole('log').getByText('tämä mukaan')).toBeVisible();
  await expect(there.getByText('tämä ei')).toHaveCount(0);
  await leave(there);
  await closeContact(desk);
  await desk.context().close();
});
