import { expect, type Page, test } from '@playwright/test';
import { staff, t } from './demo';

/** Presses Tab until what has the focus is called `name`; fails when that does not come. */
async function tabTo(page: Page, name: RegExp | string) {
  const target = page.getByRole('button', { name }).or(page.getByRole('radio', { name })).or(page.getByRole('textbox', { name })).or(page.getByRole('combobox', { name }));
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await target.evaluateAll((all) => all.some((each) => each === document.activeElement))) return;
  }
  throw new Error(`Tab never came to ${String(name)}`);
}

/** Waits until a text box has the focus, as eyes do before fingers type. */
async function writing(page: Page) {
  await expect(page.getByRole('textbox').and(page.locator(':focus'))).toBeVisible();
}

test('a whole chat by keyboard alone, on both sides', async ({ page, browser }) => {
  await page.goto('/dvv/chat/citizens-advice?lang=fi');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('fi', 'shared.skip') })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, t('fi', 'chat.start.begin'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, t('fi', 'chat.write.label'));
  await page.keyboard.type('Vain näppäimillä');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Vain näppäimillä')).toBeVisible();

  const desk = await staff(browser, 'adviser');
  await desk.goto('/dvv/desk?lang=fi');
  await tabTo(desk, t('fi', 'desk.presence.present'));
  await desk.keyboard.press('Enter');
  await desk.keyboard.press('Alt+n');
  await expect(desk.getByText('Vain näppäimillä')).toBeVisible();
  await desk.keyboard.press('Alt+r');
  await writing(desk);
  await desk.keyboard.type('Samoin');
  await desk.keyboard.press('Enter');
  await expect(page.getByRole('log').getByText('Samoin')).toBeVisible();
  await desk.keyboard.press('Alt+i');
  await writing(desk);
  await desk.keyboard.type('Muistiin');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('log').getByText('Muistiin', { exact: true })).toBeVisible();

  await desk.keyboard.press('Alt+p');
  await expect(desk.getByRole('heading', { name: t('fi', 'desk.pass.title') })).toBeFocused();
  await desk.keyboard.press('Tab');
  await desk.keyboard.press('Escape');
  await expect(desk.getByRole('form', { name: t('fi', 'desk.pass.title') })).toBeHidden();
  await expect(desk.getByRole('textbox', { name: t('fi', 'desk.write.note') }), 'the focus goes back to what was being written').toBeFocused();
  await desk.keyboard.press('Alt+l');
  await expect(desk.getByRole('log')).toBeFocused();
  await desk.keyboard.press('?');
  await expect(desk.getByRole('heading', { name: t('fi', 'desk.help.title') })).toBeFocused();
  await tabTo(desk, t('fi', 'desk.help.close'));
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('log')).toBeFocused();

  await desk.keyboard.press('Alt+c');
  await tabTo(desk, t('fi', 'desk.close.topic'));
  await desk.keyboard.press('ArrowDown');
  await tabTo(desk, t('fi', 'desk.close.do'));
  await desk.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('fi', 'chat.ended.title') })).toBeFocused();
  await tabTo(page, t('fi', 'chat.ended.clear'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeFocused();
  await desk.context().close();
});
