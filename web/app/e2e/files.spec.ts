import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { closeContact, leave, staff, startChat, t, takeNext } from './demo';
import { attach, PDF, picture } from './files';

/** Only the municipality's advice declares files. */
const WHERE = { authority: 'mallila' } as const;
const HERE = 'fi';

async function download(page: Page, name: string): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: t(HERE, 'shared.file.downloadNamed', { name }) }).click();
  const file = await started;
  expect(file.suggestedFilename()).toBe(name);
  return readFile(await file.path());
}

test('a citizen sends a picture, the adviser fetches it and sends a PDF back', async ({ page, browser }) => {
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/files') && sent.push(request.url()));
  await startChat(page, WHERE);
  const desk = await staff(browser, 'adviser', WHERE);
  await takeNext(desk, page);
  const shot = await picture(page);

  await attach(page, HERE, { name: 'kirje.png', mimeType: 'image/png', buffer: shot });
  const chosen = page.getByRole('region', { name: t(HERE, 'shared.file.chosen') });
  await expect(chosen).toBeFocused();
  await expect(chosen).toContainText('kirje.png');
  await expect(chosen.getByRole('img')).toBeVisible();
  expect(sent).toEqual([]);
  await page.getByRole('textbox', { name: t(HERE, 'chat.write.label') }).fill('Tällainen kirje tuli.');
  await chosen.getByRole('button', { name: t(HERE, 'shared.file.send') }).click();
  await expect(page.getByRole('log').getByText('kirje.png')).toBeVisible();
  await expect(page.getByRole('textbox', { name: t(HERE, 'chat.write.label') })).toHaveValue('');
  expect(sent).toHaveLength(1);
  expect(sent.join()).not.toContain('kirje');

  await expect(desk.getByRole('log').getByText('Tällainen kirje tuli.')).toBeVisible();
  const fetched = await download(desk, 'kirje.png');
  expect(fetched.subarray(1, 4).toString()).toBe('PNG');
  expect(fetched.includes('Kuvaaja Maija')).toBe(false);

  await attach(desk, HERE, { name: 'ohje.pdf', mimeType: 'application/pdf', buffer: PDF });
  await desk.getByRole('button', { name: t(HERE, 'shared.file.send') }).click();
  await expect(page.getByRole('log').getByText('ohje.pdf')).toBeVisible();
  expect((await download(page, 'ohje.pdf')).equals(PDF)).toBe(true);
  await closeContact(desk);
  await expect(page.getByRole('heading', { name: t(HERE, 'chat.ended.title') })).toBeVisible();
  expect((await download(page, 'ohje.pdf')).equals(PDF)).toBe(true);
  await desk.context().close();
});

test('a picture is dropped on the writer or pasted into it, looked at, and sent only when the citizen says so', async ({ page, context }) => {
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/files') && sent.push(request.url()));
  await startChat(page, WHERE);
  const write = page.getByRole('textbox', { name: t(HERE, 'chat.write.label') });
  const chosen = page.getByRole('region', { name: t(HERE, 'shared.file.chosen') });
  const held = test.info().outputPath('kuva.png');
  await writeFile(held, await picture(page));
  const url = page.url();

  await drop(page, held, page.getByRole('log'));
  await expect(chosen, 'what misses the writer is let go').toHaveCount(0);
  expect(page.url(), 'and not opened in the place of the conversation').toBe(url);
  await write.fill('Tällainen ilmoitus tuli.');
  await drop(page, held, write);
  await expect(chosen).toBeFocused();
  await expect(chosen).toContainText('kuva.png');
  await expect(chosen.getByRole('img')).toBeVisible();
  await page.getByRole('button', { name: t(HERE, 'shared.file.remove') }).click();
  await expect(chosen).toHaveCount(0);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(copyPicture);
  await write.press('ControlOrMeta+v');
  await expect(chosen).toBeFocused();
  await expect(chosen.getByRole('img')).toBeVisible();
  await expect(write, 'the words stay as they were').toHaveValue('Tällainen ilmoitus tuli.');
  expect(sent, 'nothing has left').toEqual([]);
  await chosen.getByRole('button', { name: t(HERE, 'shared.file.send') }).click();
  const line = page.getByRole('log').getByRole('listitem').filter({ hasText: 'Tällainen ilmoitus tuli.' });
  await expect(line.getByRole('button', { name: /\.png/ })).toBeVisible();
  await expect(write).toHaveValue('');
  expect(sent).toHaveLength(1);
  await leave(page);
});

/** Lets a file of this computer fall on something, as a hand does that drags it into the window. */
async function drop(page: Page, file: string, on: Locator) {
  const box = await on.boundingBox();
  if (!box) throw new Error('nothing to drop on');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data: { items: [], files: [file], dragOperationsMask: 1 } });
  await devtools.detach();
}

/** Runs in the page: a picture comes into the clipboard, as from a program that cuts it from the screen. */
async function copyPicture() {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 200, 100);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}

test('a file that is refused keeps the words, says why, and can be taken back', async ({ page, context }) => {
  await startChat(page, WHERE);
  const write = page.getByRole('textbox', { name: t(HERE, 'chat.write.label') });
  await write.fill('Liitteenä lasku.');
  await attach(page, HERE, { name: 'lasku.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ this is no PDF') });
  await page.getByRole('button', { name: t(HERE, 'shared.file.send') }).click();
  const why = page.getByRole('region', { name: t(HERE, 'shared.file.chosen') }).getByRole('alert');
  await expect(why).toContainText('JPG, PNG, PDF');
  await expect(write).toHaveValue('Liitteenä lasku.');
  await page.getByRole('button', { name: t(HERE, 'shared.file.remove') }).click();

  await attach(page, HERE, { name: 'lasku.pdf', mimeType: 'application/pdf', buffer: PDF });
  await context.setOffline(true);
  await page.getByRole('button', { name: t(HERE, 'shared.file.send') }).click();
  await expect(why).toHaveText(t(HERE, 'shared.offline'));
  await context.setOffline(false);
  await page.getByRole('button', { name: t(HERE, 'shared.file.send') }).click();
  await expect(page.getByRole('log').getByText('lasku.pdf')).toHaveCount(1);
  await expect(write).toHaveValue('');
  await leave(page);
});

test('a service whose notice declares no files offers none', async ({ page }) => {
  await startChat(page);
  await expect(page.getByRole('textbox', { name: t(HERE, 'chat.write.label') })).toBeVisible();
  await expect(page.getByRole('button', { name: t(HERE, 'shared.file.choose') })).toHaveCount(0);
  await leave(page);
});
