import { expect, type Page } from '@playwright/test';
import { closeContact, has, say, signIn, staff, startChat, t, takeNext } from '../demo';
import { address, AUTHORITY, choose, fact, field, type Flow, LINES, office, open, press, settled, type World } from './world';

/** A lead's overview with somebody waiting and somebody served, and what a lead changes. */
export const leading: Flow = async (world) => {
  const { lang, at, browser } = world;
  const quiet = await office(world, 'lead', '/lead');
  await at('lead-quiet', quiet);
  await quiet.context().close();
  const [served, waiting] = [await open(world), await open(world)];
  await startChat(served, { lang });
  await say(served, t(lang, 'chat.write.label'), LINES[lang].ask);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, served, lang);
  await startChat(waiting, { lang });

  const lead = await office(world, 'lead', '/lead');
  await press(lead, lang, 'lead.queues.show');
  await at('lead', lead);
  await lead.getByRole('button', { name: has(lang, 'lead.active.moveOf') }).first().click();
  await expect(lead.getByRole('form').or(lead.getByText(t(lang, 'lead.reassign.none'))).first()).toBeVisible();
  await at('lead-reassign', lead);
  await lead.goto(address('/desk/search', lang));
  await settled(lead);
  await at('search-page', lead);
  await lead.context().close();
  await closeContact(desk, lang);
  await waiting.context().close();
  await served.context().close();
  await desk.context().close();
  await services(world);
};

async function services(world: World) {
  const { lang, at } = world;
  const lead = await office(world, 'lead', '/lead/services');
  await at('lead-services', lead);
  await press(lead, lang, 'lead.closure.openOf');
  await at('lead-closing', lead);
  await press(lead, lang, 'lead.closure.do');
  await expect(lead.getByRole('button', { name: has(lang, 'lead.closure.reopenOf') })).toBeVisible();
  await at('lead-closed', lead);
  await press(lead, lang, 'lead.closure.reopenOf');
  await lead.getByRole('button', { name: has(lang, 'lead.hours.editOf') }).first().click();
  await at('lead-hours', lead);
  await press(lead, lang, 'staff.cancel');
  await lead.getByRole('button', { name: has(lang, 'lead.holidays.addOf') }).first().click();
  await lead.getByRole('button', { name: t(lang, 'staff.add'), exact: true }).click();
  await at('lead-holiday', lead);
  await answers(world, lead);
  await lead.goto(address('/lead/report', lang));
  await settled(lead);
  await press(lead, lang, 'lead.report.show');
  await lead.waitForLoadState('networkidle');
  await at('lead-report', lead);
  await lead.goto(address('/lead/days', lang));
  await settled(lead);
  await at('lead-days', lead);
  await lead.context().close();
}

/** The ready answers: the list, a new one with everything that can be wrong, and the versions of one. */
async function answers({ lang, at }: World, lead: Page) {
  await lead.goto(address('/lead/answers', lang));
  await settled(lead);
  await at('lead-answers', lead);
  await press(lead, lang, 'lead.answers.add');
  await lead.locator('[name="text.sv"]').fill('Hej {namn}');
  await press(lead, lang, 'staff.save');
  await at('lead-answer-refused', lead);
  await press(lead, lang, 'staff.cancel');
  await lead.getByRole('button', { name: has(lang, 'lead.answers.of') }).filter({ hasText: t(lang, 'lead.answers.edit') }).first().click();
  await at('lead-answer', lead);
  await lead.locator(`[name="text.${lang}"]`).fill(LINES[lang].answer); // the same text would make no version
  await press(lead, lang, 'staff.save');
  await expect(lead.getByRole('table')).toBeVisible();
  await at('lead-answer-saved', lead);
  await lead.getByRole('button', { name: has(lang, 'lead.answers.of') }).filter({ hasText: t(lang, 'lead.answers.history') }).first().click();
  await expect(lead.getByRole('heading', { name: t(lang, 'lead.answers.version', { n: 1 }), exact: true })).toBeVisible();
  await at('lead-answer-versions', lead);
}

/** What the officer asks: what dies, who handled whose data, whether the log is whole. */
export const officer: Flow = async (world) => {
  const { lang, at } = world;
  const page = await office(world, 'data_protection_officer', '/officer');
  await at('officer-destruction', page);
  await page.goto(address('/officer/audit', lang));
  await settled(page);
  await press(page, lang, 'officer.audit.search');
  await at('officer-audit-refused', page);
  await field(page, lang, 'staff.reason').fill(LINES[lang].reason);
  await field(page, lang, 'officer.audit.staff').selectOption({ label: 'Aino Esimerkki' });
  await press(page, lang, 'officer.audit.search');
  await expect(page.getByRole('table')).toBeVisible();
  await at('officer-audit-staff', page);
  await choose(page, lang, 'officer.audit.byContact');
  await field(page, lang, 'officer.audit.contact').fill(await aContact(page));
  await press(page, lang, 'officer.audit.search');
  await page.waitForLoadState('networkidle');
  await at('officer-audit-contact', page);
  await page.goto(address('/officer/checkpoint', lang));
  await settled(page);
  await at('officer-checkpoint', page);
  await page.context().close();
};

/** The identifier of some contact that the entries in view are about. */
async function aContact(page: Page): Promise<string> {
  const text = await page.getByRole('table').innerText();
  return /c_[0-9a-z]+/.exec(text)?.[0] ?? 'c_00000000000000000000000000';
}

/** The list of staff, a new person with everything that can be wrong, and one person's page. */
export const administering: Flow = async (world) => {
  const { lang, at } = world;
  const page = await office(world, 'administrator', '/admin');
  await at('admin-staff', page);
  await press(page, lang, 'admin.add.open');
  await press(page, lang, 'admin.add.do');
  await at('admin-add-refused', page);
  await addPerson(world, page);
  await at('admin-added', page);
  await firstPassword(world, page);
  await press(page, lang, 'admin.password.hide');
  for (const [key, name] of [['admin.person.reset.open', 'reset'], ['admin.grants.add', 'grant'], ['admin.person.secrecy.withdraw', 'secrecy'], ['admin.person.disable.open', 'disable']] as const) {
    await press(page, lang, key);
    await at(`admin-person-${name}`, page);
    await press(page, lang, 'staff.cancel');
  }
  await press(page, lang, 'admin.list.back');
  await page.getByRole('button', { name: 'Paavo Pääkäyttäjä' }).click();
  await at('admin-own-account', page);
  await page.goto(address('/admin/keys', lang));
  await settled(page);
  await at('admin-keys', page);
  await served(world);
  await time(world, page);
  await counted(world);
  await page.context().close();
};

async function addPerson({ lang }: World, page: Page) {
  await field(page, lang, 'admin.list.username').fill(`uusi.${lang}.${Date.now()}`);
  await field(page, lang, 'admin.list.name').fill('Uuno Uusi');
  await field(page, lang, 'admin.grants.role').selectOption('lead');
  await page.getByText(t(lang, 'admin.add.secrecy'), { exact: true }).click();
  await press(page, lang, 'admin.add.do');
  await expect(page.getByText(t(lang, 'admin.password.text'))).toBeVisible();
}

/** Whoever was added comes with the password that is shown, and has to change it first. */
async function firstPassword(world: World, admin: Page) {
  const { lang, at } = world;
  const [username, password] = [await fact(admin, lang, 'admin.password.username'), await fact(admin, lang, 'admin.password.password')];
  const page = await open(world);
  await signIn(page, { authority: AUTHORITY, role: 'lead', username, password }, lang);
  await expect(page.getByText(t(lang, 'signin.account.mustPassword'))).toBeVisible();
  await at('account-must-password', page);
  await page.context().close();
}

/** So many contacts that a day's counts can be told: they come and end without being shown. */
async function served({ browser }: World) {
  const context = await browser.newContext();
  const { request } = context;
  for (let n = 0; n < 24; n++) {
    const lang = n % 3 === 0 ? 'sv' : 'fi';
    const started = await request.post(`/${AUTHORITY}/api/chat/contacts`, { data: { service: 'citizens-advice', lang, client_id: crypto.randomUUID() } });
    const { contact, token } = (await started.json()) as { contact: string; token: string };
    const ended = await request.post(`/${AUTHORITY}/api/chat/contacts/${contact}/end`, { headers: { Authorization: `Bearer ${token}` } });
    expect(ended.ok()).toBe(true);
  }
  await context.close();
}

/** The counts of the day that time was moved over, and of its week. */
async function counted(world: World) {
  const { lang, at } = world;
  const lead = await office(world, 'lead', '/lead/days');
  await field(lead, lang, 'lead.counts.kind').selectOption('day');
  await lead.waitForLoadState('networkidle');
  await lead.locator('details').first().evaluate((details) => details.setAttribute('open', ''));
  await at('lead-counted', lead);
  await lead.context().close();
}

/** A day is moved for real. */
async function time({ lang, at }: World, page: Page) {
  await page.goto(address('/admin/time', lang));
  await settled(page);
  await at('admin-time', page);
  await choose(page, lang, 'admin.time.choices.P1D');
  await press(page, lang, 'admin.time.do');
  await expect(page.getByText(t(lang, 'admin.time.done'))).toBeVisible({ timeout: 60_000 });
  await at('admin-time-moved', page);
}

/** One's own account, a page that cannot be loaded, and a session near its end. */
export const ownAccount: Flow = async (world) => {
  const { lang, at } = world;
  const page = await office(world, 'adviser', '/account');
  await at('account', page);
  await press(page, lang, 'signin.account.enrol');
  await expect(page.getByRole('img')).toBeVisible();
  await at('account-authenticator', page);
  await page.route('**/api/printouts?*', (route) => route.abort());
  await page.goto(address('/desk/printouts', lang));
  await expect(page.getByRole('button', { name: t(lang, 'shared.retry') })).toBeVisible();
  await at('page-not-loaded', page);
  await page.unroute('**/api/printouts?*');
  await page.route('**/api/staff/me', async (route) => {
    const answer = await route.fetch();
    const me = (await answer.json()) as { session: object };
    await route.fulfill({ response: answer, json: { ...me, session: { ...me.session, idle_at: Date.now() + 60_000 } } });
  });
  await page.goto(address('/desk', lang));
  await expect(page.getByRole('button', { name: t(lang, 'staff.idle.stay') })).toBeVisible();
  await at('session-ending', page);
  await page.context().close();
};
