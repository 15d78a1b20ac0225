import { expect, type Page, test } from '@playwright/test';
import { closeContact, staff, startChat, t, takeNext } from './demo';
import { drawSample, mark, settledChats } from './flows/review';
import { address, press, settled, type World } from './flows/world';
import { monthWithRoom } from './time';

/** A table of the report; "" where there is none. */
async function reported(lead: Page, caption: 'correct' | 'help'): Promise<string> {
  await lead.goto(address('/lead/report', 'fi'));
  await settled(lead);
  const table = lead.getByRole('table', { name: t('fi', `lead.report.captions.${caption}`) });
  return (await table.count()) > 0 ? ((await table.textContent()) ?? '') : '';
}

test('a settled chat is drawn by chance, and marked; neither the marks nor the citizen’s answer are told while the month runs', async ({ browser }) => {
  test.setTimeout(240_000);
  const world: World = { browser, lang: 'fi', size: {}, at: () => Promise.resolve() };
  await monthWithRoom(browser, 9);
  const lead = await staff(browser, 'lead');
  const before = [await reported(lead, 'help'), await reported(lead, 'correct')]; // of months that are over
  for (let n = 0; n < 5; n++) {
    const citizen = await browser.newPage();
    await startChat(citizen);
    const desk = await staff(browser, 'adviser');
    await takeNext(desk, citizen);
    await closeContact(desk);
    await press(citizen, 'fi', 'chat.helped.answers.partly');
    await expect(citizen.getByText(t('fi', 'chat.helped.thanks'))).toBeFocused();
    await citizen.reload();
    await expect(citizen.getByRole('heading', { name: t('fi', 'chat.ended.title') })).toBeVisible();
    await expect(citizen.getByText(t('fi', 'chat.helped.title'))).toHaveCount(0);
    await desk.context().close();
    await citizen.close();
  }
  await settledChats(world, 12);
  const page = await staff(browser, 'quality_reviewer');
  await page.goto(address('/review', 'fi'));
  await settled(page);
  await drawSample(world, page);
  for (let n = 1; n <= 5; n++) {
    await page.getByRole('button', { name: t('fi', 'review.samples.open', { n }) }).first().click();
    await mark(world, page);
    await press(page, 'fi', 'review.contact.back');
    await expect(page.getByRole('table').first().getByText(t('fi', 'review.samples.states.marked'))).toHaveCount(n);
  }
  await page.context().close();
  // What citizens answer and reviewers mark is told when the month is over: until then it could be seen of whom it is.
  await lead.reload();
  await expect(lead.getByText(t('fi', 'lead.report.helpLater'))).toBeVisible();
  expect([await reported(lead, 'help'), await reported(lead, 'correct')]).toEqual(before);
  await lead.context().close();
});
