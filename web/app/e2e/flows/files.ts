import { Buffer } from 'node:buffer';
import { expect, type Page } from '@playwright/test';
import { closeContact, staff, startChat, t, takeNext } from '../demo';
import { attach, PDF, picture } from '../files';
import { filedCopy } from './filedcopy';
import { type Flow, LINES, open, press, type World } from './world';

const WHERE = { authority: 'mallila' } as const;

/** Sending files from both sides, in a service whose notice declares them, and what a copy has of them afterwards. */
export const files: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const page = await open(world);
  await startChat(page, { ...WHERE, lang });
  await at('file-offered', page);
  await choosing(world, page);
  await sending(world, page);

  const desk = await staff(browser, 'adviser', { ...WHERE, size });
  await takeNext(desk, page, lang);
  await expect(desk.getByRole('log').getByText('kirje.png')).toBeVisible();
  await at('desk-file', desk);
  await attach(desk, lang, { name: 'ohje.pdf', mimeType: 'application/pdf', buffer: PDF });
  await at('desk-file-chosen', desk);
  await press(desk, lang, 'shared.file.send');
  await expect(page.getByRole('log').getByText('ohje.pdf')).toBeVisible();
  await at('file-received', page);
  await failing(world, page);
  await closeContact(desk, lang);
  await desk.context().close();
  await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible();
  const code = (await page.locator('strong').innerText()).trim();
  await page.context().close();
  await filedCopy(world, code, 'ohje.pdf');
};

/** What can be chosen: too large, refused by the server, and right. */
async function choosing({ lang, at }: World, page: Page) {
  await attach(page, lang, { name: 'liian-suuri.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(11_000_000, 'x') });
  await at('file-too-large', page);
  await press(page, lang, 'shared.file.remove');
  await attach(page, lang, { name: 'lasku-joka-ei-ole-pdf-vaikka-nimi-niin-sanoo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') });
  await press(page, lang, 'shared.file.send');
  await expect(page.getByRole('region', { name: t(lang, 'shared.file.chosen') }).getByRole('alert')).toBeVisible();
  await at('file-refused', page);
  await press(page, lang, 'shared.file.remove');
  await attach(page, lang, { name: 'kirje.png', mimeType: 'image/png', buffer: await picture(page) });
  await page.getByRole('textbox', { name: t(lang, 'chat.write.label') }).fill(LINES[lang].ask);
  await expect(page.getByRole('region', { name: t(lang, 'shared.file.chosen') }).getByRole('img')).toBeVisible();
  await at('file-chosen', page);
}

/** A slow line: how far it has come, and stopping it. */
async function sending({ lang, at }: World, page: Page) {
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/files', async (route) => {
    await held;
    await route.continue();
  });
  await press(page, lang, 'shared.file.send');
  await expect(page.getByRole('progressbar')).toBeVisible();
  await at('file-sending', page);
  go();
  await expect(page.getByRole('log').getByText('kirje.png')).toBeVisible();
  await page.unroute('**/files');
}

/** A file that cannot be fetched now. */
async function failing({ lang, at }: World, page: Page) {
  await page.route('**/file', (route) => route.abort());
  await page.getByRole('button', { name: t(lang, 'shared.file.downloadNamed', { name: 'ohje.pdf' }) }).click();
  await expect(page.getByRole('log').getByRole('alert')).toBeVisible();
  await at('file-not-fetched', page);
  await page.unroute('**/file');
}
