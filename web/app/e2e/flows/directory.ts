import { expect, type Page } from '@playwright/test';
import { has, t } from '../demo';
import { directory, disconnect, signInThere } from '../directory';
import { address, AUTHORITY, type Flow, office, open, press, settled, type World } from './world';

const SOMEBODY = { username: 'raija.hakemistossa', password: 'salasana siellä 3' };

/** The organisation's directory: its settings, whom it lets in, and what the sign-in page says. */
export const byDirectory: Flow = async (world) => {
  const { lang, at } = world;
  const admin = await office(world, 'administrator', '/admin/directory');
  const base = new URL(admin.url()).origin;
  const there = await directory(`${base}/${AUTHORITY}/sign-in/directory`, [SOMEBODY]);
  try {
    await at('admin-directory', admin);
    await admin.locator('[name="issuer"]').fill(there.issuer);
    await admin.locator('[name="client_id"]').fill('');
    await press(admin, lang, 'staff.save');
    await at('admin-directory-refused', admin);
    await admin.locator('[name="client_id"]').fill(there.client);
    await admin.locator('[name="secret"]').fill('x');
    await press(admin, lang, 'admin.directory.try');
    await expect(admin.getByText(t(lang, 'admin.directory.wrong'))).toBeVisible();
    await at('admin-directory-tried', admin);
    await admin.locator('[name="secret"]').fill(there.secret);
    await admin.getByRole('checkbox', { name: t(lang, 'admin.directory.on') }).check({ force: true });
    await press(admin, lang, 'staff.save');
    await expect(admin.getByText(t(lang, 'admin.directory.savedOn'))).toBeVisible();
    await at('admin-directory-saved', admin);
    await person(world, admin);
    await stranger(world);
    await onlyAdministrators(world, admin);
    await ending(world, admin);
    await expect(admin.getByText(t(lang, 'admin.directory.savedOff'))).toBeVisible();
  } finally {
    await disconnect(admin, there);
    there.end();
  }
  await admin.context().close();
};

/** The way in where passwords are left to administrators, who find theirs behind a word. */
async function onlyAdministrators(world: World, admin: Page) {
  const { lang, at } = world;
  await admin.goto(address('/admin/directory', lang));
  await settled(admin);
  await admin.getByRole('checkbox', { name: t(lang, 'admin.directory.closed') }).check({ force: true });
  await press(admin, lang, 'staff.save');
  await expect(admin.getByText(t(lang, 'admin.directory.savedOn'))).toBeVisible();
  const page = await open(world);
  await page.goto(address('/sign-in', lang));
  await settled(page);
  await expect(page.getByLabel(t(lang, 'signin.password'))).toBeHidden();
  await at('sign-in-administrators', page);
  await page.getByText(t(lang, 'signin.directory.administrators')).press('Enter');
  await expect(page.getByLabel(t(lang, 'signin.password'))).toBeVisible();
  await at('sign-in-administrators-open', page);
  await page.context().close();
}

/** Turning it off, where some have signed in by it. */
async function ending({ lang, at }: World, admin: Page) {
  const api = '**/api/admin/directory';
  await admin.route(api, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback();
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), sign_ins: 12 } });
  });
  await admin.goto(address('/admin/directory', lang));
  await settled(admin);
  await admin.getByRole('checkbox', { name: t(lang, 'admin.directory.on') }).uncheck({ force: true });
  await expect(admin.getByText(t(lang, 'admin.directory.ends', { n: 12 }))).toBeVisible();
  await at('admin-directory-ends', admin);
  await admin.unroute(api);
  await press(admin, lang, 'staff.save');
}

/** Letting somebody in, and asking once more before it is withdrawn. */
async function person({ lang, at }: World, admin: Page) {
  await admin.goto(address('/admin', lang));
  await settled(admin);
  await admin.getByRole('table').getByRole('button').last().click();
  await expect(admin.getByRole('heading', { name: t(lang, 'admin.person.directory.title') })).toBeVisible();
  await at('staff-directory', admin);
  await press(admin, lang, 'admin.person.directory.do');
  await expect(admin.getByText(t(lang, 'admin.person.directory.wasLet'))).toBeVisible();
  await press(admin, lang, 'admin.person.directory.endOpen');
  await at('staff-directory-ending', admin);
  await admin.getByRole('button', { name: has(lang, 'admin.person.directory.end') }).first().click();
  await expect(admin.getByText(t(lang, 'admin.person.directory.ended'))).toBeVisible();
}

/** Somebody whom the directory knows and nobody has let in. */
async function stranger(world: World) {
  const { lang, at } = world;
  const page = await open(world);
  await page.goto(address('/sign-in', lang));
  await settled(page);
  await at('sign-in-directory', page);
  await press(page, lang, 'signin.directory.open');
  await page.waitForURL((url) => !url.pathname.includes('/sign-in'));
  await signInThere(page, SOMEBODY);
  await page.waitForURL(/\/sign-in\?/);
  await expect(page.getByRole('alert')).toBeVisible();
  await at('sign-in-directory-refused', page);
  await page.goto(`${address('/sign-in', lang)}&directory=code`);
  await settled(page);
  await at('sign-in-directory-code', page);
  await page.context().close();
}
