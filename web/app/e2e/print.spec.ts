import { expect, test } from '@playwright/test';
import { account, closeContact, staff, startChat, t, takeNext } from './demo';
import { closed, earlier, guardianship, print } from './flows/printing';
import { textOfPages } from './pdf';
import { address, press, settled, type World } from './flows/world';

const bare = (text: string) => text.replace(/\s+/g, '');

test('an adviser prints for a case, the paper says whose it is and until when, and is marked as destroyed', async ({ browser }) => {
  const world: World = { browser, lang: 'fi', size: {}, at: () => Promise.resolve() };
  const desk = await guardianship(world);
  for (let n = 0; n < 40; n++) {
    await desk.getByRole('textbox', { name: t('fi', 'desk.write.reply') }).fill(`Vastaus ${n}: ota yhteyttä edunvalvojaan ja tallenna päätös.`);
    await desk.keyboard.press('Enter');
  }
  await expect(desk.getByText('Vastaus 39:')).toBeVisible();
  const refused = desk.waitForResponse((response) => response.url().includes('/printouts'), { timeout: 500 }).then(() => 'sent', () => 'not sent');
  await press(desk, 'fi', 'desk.head.print');
  await press(desk, 'fi', 'desk.print.do');
  expect(await refused, 'without a case number nothing is sent').toBe('not sent');
  await press(desk, 'fi', 'desk.head.print');
  const paper = await print(world, desk);
  expect(await paper.evaluate(() => document.scripts.length)).toBe(0);
  const sheets = textOfPages(await paper.pdf({ format: 'A4' }));
  expect(sheets.length).toBeGreaterThan(1);
  for (const sheet of sheets)
    for (const told of ['SALASSA PIDETTÄVÄ', 'asia VN/1234/2026', 'Hävitettävä viimeistään', 'Säilytä lukitussa tilassa']) expect(sheet).toContain(bare(told));
  expect(sheets.join('')).toContain(bare('Vastaus 39:'));
  expect(sheets.join(''), 'the instructions stay off the paper').not.toContain(bare('Näin tulostat'));
  await paper.reload();
  await expect(paper.getByText('Vastaus 39:'), 'the page opens once').toHaveCount(0);
  await paper.close();
  await closeContact(desk);
  await desk.goto(address('/desk/printouts', 'fi'));
  await settled(desk);
  await desk.getByRole('button', { name: /^Merkitse hävitetyksi/ }).first().click();
  await desk.getByRole('button', { name: /^Kyllä, se on hävitetty/ }).click();
  await expect(desk.getByText(/on merkitty hävitetyksi/)).toBeVisible();
  await expect(desk.getByRole('row').nth(1)).toContainText('VN/1234/2026');
  await desk.context().close();
});

test('a lead opens an earlier contact by its code and prints it to see what was done, on paper of their own', async ({ browser }) => {
  const world: World = { browser, lang: 'fi', size: {}, at: () => Promise.resolve() };
  const desk = await guardianship(world);
  const lead = await earlier(world, await closed(world, desk));
  const paper = await print(world, lead);
  const [sheet = ''] = textOfPages(await paper.pdf({ format: 'A4' }));
  for (const told of ['asia VN/1234/2026', 'Sen valvominen, että tietoja käsitellään oikein', account('dvv', 'lead').username, 'Mistä haen uuden passin'])
    expect(sheet).toContain(bare(told));
  expect(sheet).not.toContain(bare(account('dvv', 'adviser').username));
  await paper.close();
  await expect(lead.getByRole('form'), 'back in the conversation').toHaveCount(0);
  await expect(lead.getByRole('log')).toBeVisible();
  await lead.goto(address('/desk/printouts', 'fi'));
  await settled(lead);
  const own = lead.getByRole('row', { name: /Liisa Malli/ }).getByRole('button', { name: /^Merkitse hävitetyksi/ });
  await own.first().click();
  await lead.getByRole('button', { name: /^Kyllä, se on hävitetty/ }).click();
  await expect(lead.getByText(/on merkitty hävitetyksi/)).toBeVisible();
  for (const page of [desk, lead]) await page.context().close();
});

test('the browser’s own printing of the desk leaves the conversation out', async ({ browser }) => {
  const desk = await guardianship({ browser, lang: 'fi', size: {}, at: () => Promise.resolve() });
  const sheets = textOfPages(await desk.pdf({ format: 'A4' }));
  expect(sheets.join('')).toContain(bare('Tämän sivun sisältöä ei voi tulostaa'));
  expect(sheets.join('')).not.toContain(bare('Mistä haen uuden passin'));
  await expect(desk.getByText('Mistä haen uuden passin')).toBeVisible();
  await closeContact(desk);
  await desk.context().close();
});

test('a service whose notice declares no printing has no step', async ({ browser }) => {
  const citizen = await browser.newPage();
  await startChat(citizen);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, citizen);
  await expect(desk.getByRole('button', { name: t('fi', 'desk.head.pass') })).toBeVisible();
  await expect(desk.getByRole('button', { name: t('fi', 'desk.head.print') })).toHaveCount(0);
  await closeContact(desk);
  await citizen.close();
  await desk.context().close();
});
