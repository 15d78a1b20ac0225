import { expect, type Page, test } from '@playwright/test';
import { closeContact, has, staff, startChat, t } from './demo';

const SERVICE = 'guardianship-chat';
const take = (desk: Page) => desk.getByRole('button', { name: t('fi', 'desk.offer.take') });

/** Turns the offers of the service's Finnish queue on or off. */
async function offers(lead: Page, on: boolean, seconds: string) {
  await lead.goto('/dvv/lead/services?lang=fi');
  await lead.getByRole('button', { name: has('fi', 'lead.routing.editOf') }).last().click();
  await lead.getByRole('checkbox', { name: t('fi', 'shared.languages.fi'), exact: true }).setChecked(on, { force: true });
  await lead.getByLabel(t('fi', 'lead.routing.offerS')).fill(seconds);
  await lead.getByRole('button', { name: t('fi', 'staff.save') }).click();
  await expect(lead.getByText(t('fi', 'lead.routing.saved'), { exact: true })).toBeVisible();
}

test('an offer that nobody takes goes to the next adviser, and the one who let it pass is told', async ({ browser, page }) => {
  test.setTimeout(120_000);
  const lead = await staff(browser, 'lead');
  await offers(lead, true, '10');
  const desks = [await staff(browser, 'adviser', { nth: 0 }), await staff(browser, 'adviser', { nth: 1 })] as const;
  for (const desk of desks) {
    await desk.goto('/dvv/desk?lang=fi');
    await desk.getByRole('button', { name: t('fi', 'desk.presence.present') }).click();
  }
  await startChat(page, { service: SERVICE });
  await expect.poll(async () => (await take(desks[0]).isVisible()) || (await take(desks[1]).isVisible())).toBe(true);
  const first = (await take(desks[0]).isVisible()) ? 0 : 1;
  await expect(take(desks[first])).toBeVisible();
  const [passes, takes] = [desks[first], desks[1 - first]!];
  await expect(take(takes)).toBeVisible({ timeout: 30_000 });
  await expect(passes.getByText(t('fi', 'desk.offer.passed'))).toBeVisible();
  await expect(take(passes)).toHaveCount(0);
  await take(takes).click();
  await expect(takes.getByRole('log')).toBeVisible();
  await expect(page.getByRole('textbox', { name: t('fi', 'chat.write.label') })).toBeVisible();
  await closeContact(takes);
  await offers(lead, false, '30');
  for (const each of [...desks, lead]) await each.context().close();
});
