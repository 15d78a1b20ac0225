import { expect, type Page } from '@playwright/test';
import { has, t } from '../demo';
import { address, field, type Flow, office, press, settled } from './world';

const SERVICE = 'citizens-advice';

/** Services by page, two who change one thing at once, and what was changed with its way back. */
export const setting: Flow = async (world) => {
  const { lang, at } = world;
  const page = await office(world, 'administrator', '/admin/services');
  await at('services-list', page);
  await press(page, lang, 'admin.services.new');
  await press(page, lang, 'admin.services.make');
  await at('services-new-refused', page);
  await press(page, lang, 'staff.cancel');
  await page.getByRole('table').getByRole('button').first().click();
  await settled(page);
  await at('services-one', page);
  await edit(page, lang, 'admin.services.topics.edit');
  await press(page, lang, 'admin.services.topics.add');
  await press(page, lang, 'staff.save');
  await at('services-topics-refused', page);
  await press(page, lang, 'staff.cancel');
  await edit(page, lang, 'admin.services.queues.edit');
  await at('services-queues', page);
  await press(page, lang, 'staff.cancel');
  await edit(page, lang, 'admin.services.texts.edit');
  await at('services-texts', page);
  await conflict(page);
  await press(page, lang, 'staff.save');
  await expect(page.getByText(t(lang, 'settings.meanwhile.title'))).toBeVisible();
  await page.waitForLoadState('networkidle');
  await at('services-conflict', page);
  await press(page, lang, 'staff.save');
  await expect(page.getByText(t(lang, 'admin.services.texts.saved'))).toBeVisible();
  await page.goto(address('/lead/changes', lang));
  await settled(page);
  await at('changes', page);
  await page.getByRole('button', { name: has(lang, 'settings.restore.undo') }).first().click();
  await page.waitForLoadState('networkidle');
  await at('changes-restore', page);
  await page.goto(address('/admin/mail', lang));
  await settled(page);
  await press(page, lang, 'admin.mail.send');
  await at('admin-mail-refused', page);
  await field(page, lang, 'admin.mail.to').fill('no_box@example.fi');
  await press(page, lang, 'admin.mail.send');
  await expect(page.getByText(has(lang, 'admin.mail.outcomes.refused'))).toBeVisible();
  await at('admin-mail-not-taken', page);
  await page.context().close();
};

/** Opens the form of a part, whose button also names the service. */
const edit = (page: Page, lang: Parameters<typeof t>[0], key: Parameters<typeof t>[1]) => page.getByRole('button', { name: new RegExp(`^${t(lang, key)}`) }).click();

/** Somebody else changes the texts while the form is open. */
async function conflict(page: Page) {
  const api = `/dvv/api/admin/services`;
  const { services } = (await (await page.request.get(api)).json()) as { services: { id: string; names: object; about: { fi: string }; versions: { texts: number } }[] };
  const one = services.find(({ id }) => id === SERVICE);
  if (!one) throw new Error('no service');
  const data = { base: one.versions.texts, names: one.names, about: { ...one.about, fi: `${one.about.fi} (${Date.now()})` } };
  const answer = await page.request.put(`${api}/${SERVICE}/texts`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}
