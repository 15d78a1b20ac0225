import { expect, type Page } from '@playwright/test';
import { closeContact, has, say, staff, startChat, t, takeNext } from '../demo';
import { address, field, type Flow, LINES, open, press, type World } from './world';

/** A contact between two advisers, and a citizen on the way to another service. */
export const passing: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const page = await open(world);
  await startChat(page, { lang });
  await say(page, t(lang, 'chat.write.label'), LINES[lang].ask);
  const [sender, receiver] = [await staff(browser, 'adviser', { size }), await staff(browser, 'adviser', { size, nth: 1 })];
  await receiver.goto(address('/desk', lang));
  await receiver.getByRole('button', { name: t(lang, 'desk.presence.present') }).click();
  await takeNext(sender, page, lang);
  await ask(world, sender);
  await expect(receiver.getByRole('heading', { name: t(lang, 'desk.handover.title') })).toBeVisible();
  await at('desk-asked', receiver);
  await at('desk-asking', sender);
  await receiver.keyboard.press('Alt+y');
  await expect(receiver.getByText(LINES[lang].note)).toBeVisible();
  await expect(receiver.getByText(has(lang, 'desk.handover.with'))).toBeVisible();
  await at('desk-joined', receiver);
  await expect(sender.getByRole('button', { name: t(lang, 'desk.handover.leave') })).toBeVisible();
  await at('desk-along', sender);
  await expect(page.getByRole('log').getByText(has(lang, 'chat.events.passedTo'))).toBeVisible();
  await at('chat-passed', page);
  await press(sender, lang, 'desk.handover.leave');
  await expect(sender.getByRole('log')).toBeHidden();
  await elsewhere(world, receiver, page);
  await closeContact(receiver, lang);
  for (const each of [page, sender, receiver]) await each.context().close();
};

async function ask({ lang }: World, sender: Page) {
  await sender.keyboard.press('Alt+p');
  const form = sender.getByRole('form', { name: t(lang, 'desk.pass.title') });
  await form.getByLabel(t(lang, 'desk.pass.to'), { exact: true }).selectOption('adviser');
  const colleague = form.getByLabel(t(lang, 'desk.pass.whichAdviser'), { exact: true });
  await expect(colleague).toContainText(t(lang, 'desk.presence.present'));
  await form.getByLabel(t(lang, 'desk.pass.reason'), { exact: true }).selectOption('expertise');
  await form.getByLabel(t(lang, 'desk.pass.note')).fill(LINES[lang].note);
  await form.getByRole('button', { name: t(lang, 'desk.pass.doAsk'), exact: true }).click();
  await expect(sender.getByText(has(lang, 'desk.handover.asked'))).toBeVisible();
}

/** The adviser suggests another authority's service; the citizen goes there with what they chose. */
async function elsewhere({ lang, at }: World, desk: Page, page: Page) {
  await press(desk, lang, 'desk.head.pass');
  const form = desk.getByRole('form', { name: t(lang, 'desk.pass.title') });
  await form.getByLabel(t(lang, 'desk.pass.to'), { exact: true }).selectOption('elsewhere');
  await form.getByLabel(t(lang, 'desk.pass.whichElsewhere'), { exact: true }).selectOption('mallila/citizens-advice');
  await at('desk-pass-elsewhere', desk);
  await form.getByRole('button', { name: t(lang, 'desk.pass.doOffer'), exact: true }).click();
  await expect(page.getByText(t(lang, 'chat.offer.title'))).toBeVisible();
  await at('chat-offer', page);
  await press(page, lang, 'chat.offer.choose');
  await page.getByRole('checkbox', { name: LINES[lang].ask }).check({ force: true });
  await field(page, lang, 'chat.offer.summary').fill(LINES[lang].reason);
  await at('chat-take-along', page);
  const opened = page.context().waitForEvent('page');
  await press(page, lang, 'chat.offer.go');
  const there = await opened;
  await expect(field(there, lang, 'chat.start.carried')).toHaveValue(`${LINES[lang].ask}\n\n${LINES[lang].reason}`);
  await at('chat-carried', there);
  await at('chat-gone-along', page);
  await there.close();
  await press(page, lang, 'chat.offer.done');
}
