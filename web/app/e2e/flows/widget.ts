import { expect, type Page } from '@playwright/test';
import { closeContact, has, say, staff, t, takeNext } from '../demo';
import { allow, site } from '../site';
import { field, type Flow, office, open, press, type World } from './world';

const SERVICE = 'citizens-advice';

/** The chat on a site of somebody else's: its button, the dialog, unread messages, a site that is not named. */
export const widget: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const page = await open(world);
  const base = await baseOf(page);
  const town = await site(base, `<script src="${base}/dvv/widget.js" data-service="${SERVICE}" data-lang="${lang}" async></script>`, 'localhost');
  try {
    await page.goto(`${town.origin}/yksi`);
    const opener = page.getByRole('button', { name: new RegExp(`^${t(lang, 'widget.name')}`) });
    await expect(opener).toBeVisible();
    await at('widget', page);
    await opener.click();
    await expect(page.getByText(t(lang, 'widget.failed'))).toBeVisible();
    await at('widget-refused', page);

    await sites(world, town.origin);
    await page.reload();
    await opener.click();
    const chat = await frameOf(page);
    await expect(chat.getByRole('button', { name: t(lang, 'chat.start.begin') })).toBeVisible();
    await at('widget-start', page);
    await chat.getByRole('button', { name: t(lang, 'chat.start.begin') }).click();
    await expect(chat.getByRole('log')).toBeVisible();
    await at('widget-waiting', page);
    const desk = await staff(browser, 'adviser', { size });
    await takeNext(desk, chat, lang);
    await page.keyboard.press('Escape');
    await say(desk, t(lang, 'desk.write.reply'), 'Hei!');
    await expect(page.getByRole('status').getByText(t(lang, 'widget.unread', { n: 1 }))).toBeAttached();
    await at('widget-unread', page);
    await closeContact(desk, lang);
    await desk.context().close();
  } finally {
    await allow(browser, SERVICE, []);
    await town.end();
    await page.context().close();
  }
};

/** The lead names the site, first without its scheme, and copies what its pages need. */
async function sites(world: World, origin: string) {
  const { lang, at } = world;
  const lead = await office(world, 'lead', '/lead/services');
  await lead.getByRole('button', { name: has(lang, 'lead.widget.editOf') }).first().click();
  await field(lead, lang, 'lead.widget.field').fill(origin.replace('http://', ''));
  await press(lead, lang, 'staff.save');
  await expect(field(lead, lang, 'lead.widget.field')).toHaveAttribute('aria-invalid', 'true');
  await at('lead-widget-refused', lead);
  await field(lead, lang, 'lead.widget.field').fill(origin);
  await press(lead, lang, 'staff.save');
  await expect(lead.getByText(t(lang, 'lead.widget.saved'))).toBeVisible();
  await at('lead-widget', lead);
  await lead.context().close();
}

async function baseOf(page: Page): Promise<string> {
  await page.goto('/');
  return new URL(page.url()).origin;
}

async function frameOf(page: Page) {
  await expect(page.frameLocator('iframe').getByRole('main')).toBeVisible();
  const found = page.frames().find((frame) => frame.url().includes('/embed'));
  if (!found) throw new Error('no frame of the chat');
  return found;
}
