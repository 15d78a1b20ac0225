import { expect, type Page, test } from '@playwright/test';
import { staff, t } from './demo';

const NAME = 'Kansalaisneuvonnan asiakaspalvelu';
const open = async (page: Page) => {
  await page.goto('/dvv/admin/services?lang=fi');
  await page.getByRole('button', { name: NAME }).click();
};
const edit = (page: Page, action: Parameters<typeof t>[1]) => page.getByRole('button', { name: `${t('fi', action)}: ` }).click();

test('an administrator changes topic and text, both work in the chat, and the change is taken back', async ({ page, browser }) => {
  const admin = await staff(browser, 'administrator');
  await open(admin);
  await edit(admin, 'admin.services.topics.edit');
  await admin.getByRole('button', { name: t('fi', 'admin.services.topics.add') }).click();
  for (const field of (await admin.getByRole('textbox').all()).slice(-3)) await field.fill('Kokeiluaihe');
  await admin.getByRole('button', { name: t('fi', 'staff.save'), exact: true }).click();
  await expect(admin.getByText(t('fi', 'admin.services.topics.saved'))).toBeVisible();
  await page.goto('/dvv/chat/citizens-advice?lang=fi');
  await expect(page.getByText('Kokeiluaihe')).toBeVisible();

  await admin.goto('/dvv/lead/changes?lang=fi');
  const card = admin.getByRole('article', { name: `${t('fi', 'settings.parts.service.topics')}: ${NAME}` }).first();
  await expect(card.getByRole('row', { name: /Aihe: Kokeiluaihe, suomi/ })).toBeVisible();
  await expect(card.getByText('Paavo Pääkäyttäjä')).toBeVisible();
  await card.getByRole('button').press('Enter');
  await expect(card.getByRole('table', { name: t('fi', 'settings.restore.will') })).toBeVisible();
  await card.getByRole('button', { name: t('fi', 'settings.restore.undo'), exact: true }).press('Enter');
  await expect(admin.getByText(/^Palautettu: /)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Kokeiluaihe')).toHaveCount(0);
  await admin.context().close();
});

test('a changed service text shows in the citizen’s chat, and the one that was taken back goes', async ({ page, browser }) => {
  const admin = await staff(browser, 'administrator');
  await open(admin);
  await edit(admin, 'admin.services.texts.edit');
  const about = admin.getByRole('textbox', { name: t('fi', 'shared.languages.fi'), exact: true }).last();
  const before = await about.inputValue();
  const write = async (text: string) => {
    await about.fill(text);
    await admin.getByRole('button', { name: t('fi', 'staff.save'), exact: true }).click();
    await expect(admin.getByText(t('fi', 'admin.services.texts.saved'))).toBeVisible();
  };
  await write('Kokeiluteksti palvelusta');
  await page.goto('/dvv/chat/citizens-advice?lang=fi');
  await expect(page.getByText('Kokeiluteksti palvelusta')).toBeVisible();
  await edit(admin, 'admin.services.texts.edit');
  await write(before);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Kokeiluteksti palvelusta')).toHaveCount(0);
  await admin.context().close();
});

test('of two who change the same hours the second sees what was changed, keeps what they wrote and saves over it', async ({ browser }) => {
  const [admin, lead] = [await staff(browser, 'administrator'), await staff(browser, 'lead')];
  await open(admin);
  await lead.goto('/dvv/lead/services?lang=fi');
  const hours = (page: Page) => page.getByRole('button', { name: t('fi', 'lead.hours.editOf', { name: NAME }) });
  await hours(admin).click();
  await hours(lead).click();
  const monday = (page: Page) => page.getByRole('textbox', { name: t('fi', 'lead.hours.closes') }).first();
  await monday(lead).fill('23.30');
  await lead.getByRole('button', { name: t('fi', 'staff.save'), exact: true }).click();
  await expect(lead.getByText(t('fi', 'lead.hours.saved'))).toBeVisible();
  await monday(admin).fill('23.45');
  const save = admin.getByRole('button', { name: t('fi', 'staff.save'), exact: true });
  await save.click();
  await expect(admin.getByText(t('fi', 'settings.meanwhile.title'))).toBeVisible();
  await expect(admin.getByRole('row', { name: /maanantai .*0\.00–23\.30|maanantai .*00\.00–23\.30/ })).toBeVisible();
  await expect(monday(admin)).toHaveValue('23.45');
  await save.click();
  await expect(admin.getByText(t('fi', 'lead.hours.saved'))).toBeVisible();

  // Both changes are in the list, and the state before them comes back in two steps.
  await admin.goto('/dvv/lead/changes?lang=fi');
  const title = `${t('fi', 'settings.parts.service.hours')}: ${NAME}`;
  await expect(admin.getByRole('article', { name: title })).toHaveCount(2);
  const base = await admin.request.get('/dvv/api/settings/preview?kind=service&id=citizens-advice&part=hours&to=0');
  const { base: newest } = (await base.json()) as { base: number };
  const back = await admin.request.post('/dvv/api/settings/restore', { data: { kind: 'service', id: 'citizens-advice', part: 'hours', to: 0, base: newest } });
  expect(back.ok(), await back.text()).toBe(true);
  await admin.context().close();
  await lead.context().close();
});
