import { expect, type Page, test } from '@playwright/test';
import { browser as settings } from './browser';
import { account, type Lang, staff, t } from './demo';
import { type Directory, directory, disconnect, signInThere } from './directory';

const LANG: Lang = 'fi';
const WORKER = { username: 'aino.hakemistossa', password: 'salasana siellä 1' };
const STRANGER = { username: 'vieras.hakemistossa', password: 'salasana siellä 2' };
let there: Directory;

test.beforeAll(async () => {
  there = await directory(`${settings?.baseURL ?? ''}/dvv/sign-in/directory`, [WORKER, STRANGER]);
});

test.afterAll(async ({ browser }) => {
  const admin = await staff(browser, 'administrator');
  await disconnect(admin, there);
  await admin.context().close();
  there.end();
});

const press = (page: Page, key: Parameters<typeof t>[1]) => page.getByRole('button', { name: t(LANG, key), exact: true }).click();

/** Opens the sign-in page and goes to the directory, where somebody signs in. */
async function comeBy(page: Page, who: typeof WORKER) {
  await page.goto('/dvv/sign-in?lang=fi');
  await press(page, 'signin.directory.open');
  await page.waitForURL((url) => url.origin === new URL(there.issuer).origin);
  await signInThere(page, who);
}

// The whole way, with Debian's glewlwyd as the organisation's directory, on another site than the program.
test('an administrator sets the directory, tries it and lets a person in, who signs in by it; a stranger is refused', async ({ browser }) => {
  const admin = await staff(browser, 'administrator');
  await admin.goto('/dvv/admin/directory?lang=fi');
  await admin.getByLabel(t(LANG, 'admin.directory.issuer')).fill(there.issuer);
  await admin.getByLabel(t(LANG, 'admin.directory.client_id')).fill(there.client);
  await admin.getByLabel(t(LANG, 'admin.directory.secret')).fill('väärä salaisuus');
  await press(admin, 'admin.directory.try');
  await expect(admin.getByText(t(LANG, 'admin.directory.wrong'))).toBeVisible();
  await expect(admin.getByText(/asiakastunnus tai salaisuus on väärin/)).toBeVisible();
  await admin.getByLabel(t(LANG, 'admin.directory.secret')).fill(there.secret);
  await press(admin, 'admin.directory.try');
  await expect(admin.getByText(t(LANG, 'admin.directory.well'))).toBeVisible();
  await admin.getByRole('checkbox', { name: t(LANG, 'admin.directory.on') }).check({ force: true });
  await press(admin, 'staff.save');
  await expect(admin.getByText(t(LANG, 'admin.directory.savedOn'))).toBeVisible();
  await expect(admin.getByLabel(t(LANG, 'admin.directory.secret'))).toHaveValue('');

  await admin.goto('/dvv/admin?lang=fi');
  const { username } = account('dvv', 'adviser', 1);
  await admin.getByRole('row', { name: new RegExp(username) }).getByRole('button').click();
  await admin.getByLabel(t(LANG, 'admin.person.directory.known')).fill(WORKER.username);
  await press(admin, 'admin.person.directory.do');
  await expect(admin.getByText(t(LANG, 'admin.person.directory.wasLet'))).toBeVisible();

  const worker = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
  await worker.goto('/dvv/desk?lang=fi');
  await worker.waitForURL(/\/sign-in\?/);
  await press(worker, 'signin.directory.open');
  await worker.waitForURL((url) => url.origin === new URL(there.issuer).origin);
  await signInThere(worker, WORKER);
  await worker.waitForURL(/\/dvv\/desk/);
  await expect(worker.getByRole('button', { name: t(LANG, 'desk.takeNext'), exact: true })).toBeVisible();
  await press(worker, 'staff.signOut');
  await worker.waitForURL((url) => url.origin === new URL(there.issuer).origin); // to end the sign-in there, too
  await worker.goto('/dvv/desk?lang=fi');
  await worker.waitForURL(/\/sign-in\?/);

  const stranger = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
  await comeBy(stranger, STRANGER);
  await stranger.waitForURL(/\/dvv\/sign-in\?/);
  await expect(stranger.getByRole('alert')).toContainText('Pyydä pääkäyttäjää sallimaan');
  expect(stranger.url()).not.toMatch(/code=|state=|directory=/);
  await expect(stranger.getByLabel(t(LANG, 'signin.password'))).toBeVisible();

  await admin.reload();
  await admin.getByRole('row', { name: new RegExp(username) }).getByRole('button').click();
  await expect(admin.getByText(t(LANG, 'admin.person.directory.bound'))).toBeVisible();
  await press(admin, 'admin.person.directory.endOpen');
  await admin.getByRole('button', { name: t(LANG, 'admin.person.directory.end'), exact: true }).press('Enter');
  await expect(admin.getByText(t(LANG, 'admin.person.directory.ended'))).toBeVisible();
  await comeBy(worker, WORKER);
  await worker.waitForURL(/\/dvv\/sign-in\?/);
  await expect(worker.getByRole('alert')).toBeVisible();
  for (const page of [admin, worker, stranger]) await page.context().close();
});
