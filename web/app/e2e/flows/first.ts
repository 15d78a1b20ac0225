import { expect, type Page } from '@playwright/test';
import { closeContact, say, staff, startChat, t, takeNext } from '../demo';
import { type Flow, LINES, open, press } from './world';

/** The first steps of a chat whose whole front end does not come: every state that they have of their own. */
export const firstSteps: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const { ask, answer } = LINES[lang];
  const page = await open(world);
  const come = await without(page);
  await startChat(page, { lang, first: true });
  await at('first-waiting', page);
  const write = page.getByRole('textbox', { name: t(lang, 'chat.write.label') });
  await write.fill('010190-999W');
  await expect(page.getByText(t(lang, 'chat.write.code'))).toBeVisible();
  await at('first-code', page);
  await write.fill('a'.repeat(4_100));
  await write.press('Enter');
  await at('first-too-long', page);
  await write.fill('');
  await say(page, t(lang, 'chat.write.label'), ask);
  await expect(page.getByText(t(lang, 'chat.progress.sent'))).toBeVisible();
  await press(page, lang, 'chat.end.leaveQueue');
  await at('first-leaving', page);
  await press(page, lang, 'chat.end.stayInQueue');
  come();
  await expect(page.getByText(t(lang, 'chat.first.missing'))).toBeVisible();
  await at('first-missing', page);

  const desk = await staff(browser, 'adviser', { size });
  await takeNext(desk, page, lang);
  await say(desk, t(lang, 'desk.write.reply'), answer);
  await expect(page.getByRole('log').getByText(answer)).toBeVisible();
  await at('first-answered', page);
  await closeContact(desk, lang);
  await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible();
  await at('first-ended', page);
  await press(page, lang, 'chat.ended.clear');
  await at('first-cleared', page);
  await desk.context().close();
  await page.context().close();
};

/** Holds the front end back; the answer refuses it. */
async function without(page: Page): Promise<() => void> {
  let come: () => void = () => undefined;
  const due = new Promise<void>((resolve) => (come = resolve));
  await page.route('**/app/assets/*.js', async (route) => {
    await due;
    await route.abort('blockedbyclient').catch(() => undefined);
  });
  return come;
}
