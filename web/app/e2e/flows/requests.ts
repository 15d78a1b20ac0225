import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { closeContact, has, say, staff, startChat, t, takeNext } from '../demo';
import { type Asked, follow, followWrong } from './follow';
import { address, AUTHORITY, fact, field, type Flow, LINES, office, press, settled, type World } from './world';

const NEIGHBOUR = 'Veikko Virtanen';

/** A person's request for a copy of their data, from the form to the file. */
export const requesting: Flow = async (world) => {
  await copied(world);
};

/** The same, with the file in JSON as it was fetched. The citizen's pages work without script; axe does not. */
export async function copied(world: World, script = true): Promise<unknown> {
  const code = await conversation(world);
  const { browser, size, lang } = world;
  const page = await (await browser.newContext({ ...size, javaScriptEnabled: script, locale: lang })).newPage();
  const asked = await ask(world, page, code);
  await accept(world, page, asked);
  await refuse(world, page, code);
  await redact(world);
  const delivery = await deliver(world);
  await follow(world, page, asked, 'link-open');
  await page.context().close();
  return fetchIt(world, delivery, script);
}

/** A closed contact; gives its reference code as the citizen sees it. */
async function conversation({ browser, lang }: World): Promise<string> {
  const citizen = await browser.newPage();
  await startChat(citizen, { lang });
  await say(citizen, t(lang, 'chat.write.label'), `${NEIGHBOUR}: ${LINES[lang].ask}`);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, citizen);
  await closeContact(desk);
  await desk.context().close();
  const code = (await citizen.locator('strong').innerText()).trim();
  await citizen.close();
  return code;
}

/** The form that works without script, first as it is, then refused, then sent, and followed with a code of somebody else's. */
async function ask(world: World, page: Page, code: string): Promise<Asked> {
  const { lang, at } = world;
  await page.goto(address('/copy-request', lang));
  await at('copy-request', page);
  await page.locator('#r-citizens-advice').check();
  await page.locator('#f-value').fill('K7M');
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await at('copy-request-refused', page);
  await page.locator('#f-value').fill(code);
  await page.locator('#f-name').fill('Maija Meikäläinen');
  await page.locator('#f-email').fill('maija@example.fi');
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('status')).toBeVisible();
  await at('copy-request-sent', page);
  const asked = { number: (await page.locator('.code').innerText()).trim(), code };
  await followWrong(world, page, { ...asked, code: 'K7MQ-2WXR-9TPD' });
  await follow(world, page, asked, 'received');
  expect(await page.context().cookies()).toEqual([]);
  return asked;
}

/** Another request, by the same form, that the registry answers without a copy. */
async function refuse(world: World, page: Page, code: string) {
  const { lang, browser } = world;
  const made = await page.request.post(address('/copy-request', lang), { form: { register: 'citizens-advice', value: code } });
  const number = /class="code">([^<]+)</.exec(await made.text())?.[1] ?? '';
  const clerk = await staff(browser, 'registry_clerk');
  const answer = await clerk.request.post(`/${AUTHORITY}/api/registry/requests/${number}/answer`, { data: { outcome: 'refused', text: LINES[lang].answer } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await clerk.context().close();
  await follow(world, page, { number, code }, 'refused');
  await expect(page.getByText(LINES[lang].answer)).toBeVisible();
}

/** The newest request that waits for the registry; those that earlier flows left are over. */
async function openNewest(page: Page, { lang }: World, status: 'received' | 'ready') {
  const row = page.getByRole('row').filter({ hasText: t(lang, `rights.status.${status}`) }).last();
  await row.getByRole('button').click();
  await settled(page);
}

/** The registry looks who asks, takes more time, of which the person reads, and hands the request on; and enters one by hand. */
async function accept(world: World, page: Page, asked: Asked) {
  const { lang, at } = world;
  const clerk = await office(world, 'registry_clerk', '/registry');
  await at('registry', clerk);
  await press(clerk, lang, 'rights.intake.save');
  await press(clerk, lang, 'rights.intake.save');
  await expect(clerk.getByRole('group', { name: t(lang, 'setup.faults.title') })).toBeVisible();
  await field(clerk, lang, 'rights.intake.register').selectOption('guardianship-chat');
  await at('registry-new', clerk);
  await press(clerk, lang, 'staff.cancel');
  await openNewest(clerk, world, 'received');
  await at('registry-request', clerk);
  await press(clerk, lang, 'rights.extend.open');
  await at('registry-extend', clerk);
  await field(clerk, lang, 'rights.extend.reasons').fill(LINES[lang].reason);
  await press(clerk, lang, 'rights.extend.doIt');
  await expect(clerk.getByText(t(lang, 'rights.extend.mailed')).or(clerk.getByText(t(lang, 'rights.extend.done')))).toBeVisible();
  await at('registry-extended', clerk);
  await follow(world, page, asked, 'received', 'extended');
  await expect(page.getByText(LINES[lang].reason)).toBeVisible();
  await press(clerk, lang, 'rights.answer.open');
  await at('registry-answer', clerk);
  await press(clerk, lang, 'staff.cancel');
  await press(clerk, lang, 'rights.accept.doIt');
  await expect(clerk.getByText(t(lang, 'rights.accept.done'))).toBeVisible();
  await clerk.context().close();
}

/** The unit's official finds, covers the neighbour, keeps the rest, and gives the copy to the registry. */
async function redact(world: World) {
  const { lang, at } = world;
  const lead = await office(world, 'lead', '/lead/requests');
  await at('unit', lead);
  await lead.getByRole('button', { name: has(lang, 'rights.unit.takeOf') }).last().click();
  await settled(lead);
  await at('unit-request', lead);
  await lead.getByLabel(t(lang, 'staff.reason')).fill(LINES[lang].reason);
  await press(lead, lang, 'rights.find.doIt');
  await expect(lead.getByRole('heading', { name: t(lang, 'rights.items.title') })).toBeVisible();
  await at('unit-found', lead);
  await coverNeighbour(world, lead);
  await keepRest(world, lead);
  await expect(lead.getByText(t(lang, 'rights.items.decided'), { exact: true })).toBeVisible();
  await at('unit-decided', lead);
  await press(lead, lang, 'rights.finish.doIt');
  await expect(lead.getByText(t(lang, 'rights.finish.done'))).toBeVisible();
  await lead.context().close();
}

async function coverNeighbour({ lang, at }: World, lead: Page) {
  const item = lead.locator('[data-n]').filter({ hasText: NEIGHBOUR });
  await item.getByRole('button', { name: has(lang, 'rights.items.cover') }).first().click();
  await press(lead, lang, 'rights.items.coverSave');
  await expect(lead.getByText(t(lang, 'rights.items.coverNone'))).toBeVisible();
  await lead.getByLabel(t(lang, 'rights.items.coverField')).evaluate((box, name) => {
    const area = box as HTMLTextAreaElement;
    area.focus();
    area.setSelectionRange(area.value.indexOf(name), area.value.indexOf(name) + name.length);
  }, NEIGHBOUR);
  await press(lead, lang, 'rights.items.coverDo');
  await at('unit-covering', lead);
  await press(lead, lang, 'rights.items.coverSave');
  await expect(item.getByText(has(lang, 'rights.items.given'))).toBeVisible();
}

async function keepRest({ lang }: World, lead: Page) {
  const waiting = lead.locator('[data-n]').filter({ hasText: t(lang, 'rights.items.decisions.undecided') });
  for (let left = await waiting.count(); left > 0; left--) {
    await waiting.first().getByRole('button').first().click();
    await expect(waiting).toHaveCount(left - 1);
  }
}

interface Delivery {
  link: string;
  code: string;
}

async function deliver(world: World): Promise<Delivery> {
  const { lang, at } = world;
  const clerk = await office(world, 'registry_clerk', '/registry');
  await openNewest(clerk, world, 'ready');
  await at('registry-ready', clerk);
  await press(clerk, lang, 'rights.deliver.doIt');
  await expect(clerk.getByRole('button', { name: t(lang, 'rights.deliver.copyCode') })).toBeVisible();
  await at('registry-delivered', clerk);
  const delivery = { link: await fact(clerk, lang, 'rights.deliver.link'), code: await fact(clerk, lang, 'rights.deliver.code') };
  await clerk.context().close();
  return delivery;
}

/** Without script: a wrong code, then the right one; both forms of the copy are downloaded. */
async function fetchIt({ lang, at, browser, size }: World, { link, code }: Delivery, script: boolean): Promise<unknown> {
  const page = await (await browser.newContext({ ...size, javaScriptEnabled: script, locale: lang })).newPage();
  await page.goto(`${link}?lang=${lang}`);
  await at('copy-fetch', page);
  await page.locator('#f-code').fill('AAAA-AAAA-AAAA');
  await page.locator('button[value=html]').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await at('copy-fetch-refused', page);
  const files: Record<string, string> = {};
  for (const as of ['html', 'json']) {
    await page.locator('#f-code').fill(code);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`button[value=${as}]`).click()]);
    files[as] = await readFile((await download.path()), 'utf8');
  }
  await page.locator('#f-code').fill(code);
  await page.locator('button[value=files]').click();
  await at('copy-files', page);
  await page.goto(link.replace(/copy\/.*/, `copy-request/status?lang=${lang}`));
  await at('copy-status', page);
  for (const text of Object.values(files)) expect(text).not.toContain(NEIGHBOUR);
  // As a file of its own: the policy of the page it came from does not reach it.
  const sheet = await page.context().newPage();
  await sheet.setContent(files.html ?? '');
  await at('copy-document', sheet);
  await page.context().close();
  return JSON.parse(files.json!) as unknown;
}

