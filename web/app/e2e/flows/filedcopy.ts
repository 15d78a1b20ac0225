import { expect, type Page } from '@playwright/test';
import { has, staff, t } from '../demo';
import { open, type World } from './world';

const AUTHORITY = 'mallila';
const base = `/${AUTHORITY}`;

interface Item {
  n: number;
  decision: string;
  file?: { name: string };
}

/** A copy of a conversation in which files were sent: before its official, and with the person who asked for it. */
export async function filedCopy(world: World, code: string, file: string) {
  const { browser, size } = world;
  const clerk = await staff(browser, 'registry_clerk', { authority: AUTHORITY });
  const lead = await staff(browser, 'lead', { authority: AUTHORITY, size });
  const { request } = await act<{ request: string }>(clerk, 'POST', '/registry/requests', {
    register: 'citizens-advice', lang: world.lang, arrived: 'letter', day: '', by: 'reference', value: code, text: '', name: '', email: '', address: '',
  });
  await act(clerk, 'POST', `/registry/requests/${request}/accept`, { evidence: 'reference_code', note: '' });
  await draft(world, lead, request, file);
  const items = await keepAll(lead, request);
  const delivery = await act<{ path: string; code: string }>(clerk, 'POST', `/registry/requests/${request}/deliver`);
  for (const page of [clerk, lead]) await page.context().close();
  const n = items.find((item) => item.file?.name === file)?.n;
  await fetchFiles(world, { ...delivery, n: n ?? 0, file });
}

/** Asks the program as whoever has the page. */
async function act<T = unknown>(page: Page, method: 'GET' | 'POST' | 'PUT', path: string, data?: object): Promise<T> {
  const answer = await page.request.fetch(`${base}/api${path}`, { method, ...(data ? { data } : {}) });
  const text = await answer.text();
  expect(answer.ok(), `${method} ${path}: ${text}`).toBe(true);
  return (text ? JSON.parse(text) : {}) as T;
}

/** The official finds the conversation; its files are named in the draft. */
async function draft({ lang, at }: World, lead: Page, request: string, file: string) {
  await act(lead, 'POST', `/unit/requests/${request}/take`);
  await act(lead, 'POST', `/unit/requests/${request}/find`, { reason: 'tietopyyntö' });
  await lead.goto(`${base}/lead/requests?lang=${lang}`);
  await lead.getByRole('button', { name: has(lang, 'rights.openOf') }).last().click();
  await expect(lead.getByRole('button', { name: t(lang, 'shared.file.downloadNamed', { name: file }) })).toBeVisible();
  await at('unit-file', lead);
}

async function keepAll(lead: Page, request: string): Promise<Item[]> {
  const { items } = await act<{ items: Item[] }>(lead, 'GET', `/unit/requests/${request}`);
  for (const { n, decision } of items)
    if (decision === 'undecided') await act(lead, 'PUT', `/unit/requests/${request}/items/${n}`, { decision: 'kept', ground: '', spans: [] });
  await act(lead, 'POST', `/unit/requests/${request}/finish`);
  return items;
}

/** The files behind the copy's link and code, and the page of one of them, first with a wrong code. */
async function fetchFiles(world: World, { path, code, n, file }: { path: string; code: string; n: number; file: string }) {
  const { lang, at } = world;
  const page = await open(world);
  await page.goto(`${base}${path}?lang=${lang}`);
  await page.locator('#f-code').fill(code);
  await page.locator('button[value=files]').click();
  await expect(page.getByRole('listitem').filter({ hasText: file })).toBeVisible();
  await at('copy-files-some', page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('listitem').filter({ hasText: file }).getByRole('button').click()]);
  expect(download.suggestedFilename()).toBe(file);
  await page.goto(`${base}${path}/files/${n}?lang=${lang}`);
  await at('copy-file', page);
  await page.locator('#f-code').fill('AAAA-AAAA-AAAA');
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await at('copy-file-refused', page);
  await page.context().close();
}
