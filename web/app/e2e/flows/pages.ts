import { expect, type Page } from '@playwright/test';
import { account, leave, staff, startChat, t } from '../demo';
import { address, AUTHORITY, field, type Flow, office, open, press, settled, type World } from './world';

const READ = [
  { path: '/', name: 'home' },
  { path: '/services/citizens-advice', name: 'service' },
  { path: '/notices/', name: 'notices' },
  { path: '/notices/citizens-advice', name: 'notice-citizens-advice' },
  { path: '/notices/guardianship-chat', name: 'notice-guardianship-chat' },
  { path: '/notices/staff-accounts', name: 'notice-staff-accounts' },
  { path: '/notices/audit-log', name: 'notice-audit-log' },
  { path: '/accessibility', name: 'accessibility' },
  { path: '/no-such-page', name: 'not-found' },
  { path: '/chat/no-such', name: 'chat-missing' },
] as const;

/** Pages that people only read. */
export const reading: Flow = async (world) => {
  const page = await open(world);
  await page.goto(`/?lang=${world.lang}`);
  await world.at('authorities', page);
  for (const { path, name } of READ) {
    await page.goto(address(path, world.lang));
    await settled(page);
    await world.at(name, page);
  }
  await page.context().close();
};

/** The way into a chat, and what is asked there. */
export const starting: Flow = async (world) => {
  const { lang, at } = world;
  const page = await open(world);
  for (const service of ['guardianship-chat', 'citizens-advice']) {
    await page.goto(address(`/chat/${service}`, lang));
    await expect(page.getByRole('button', { name: t(lang, 'chat.start.begin') })).toBeVisible();
    await at(`chat-start-${service}`, page);
  }
  await page.getByRole('textbox').first().fill('matti@');
  await press(page, lang, 'chat.start.begin');
  await expect(page.getByRole('alert')).toBeVisible();
  await at('chat-start-refused', page);
  await startChat(page, { lang });
  await press(page, lang, 'chat.end.leaveQueue');
  await at('chat-leaving-queue', page);
  await press(page, lang, 'chat.end.stayInQueue');
  await leave(page, lang);
  await at('chat-left-queue', page);
  await page.context().close();
};

const CLOSED = {
  fi: 'Neuvonta on suljettu koulutuksen vuoksi.',
  sv: 'Rådgivningen är stängd på grund av utbildning.',
  en: 'The service is closed because of training.',
};
const api = `/${AUTHORITY}/api/lead/services/guardianship-chat`;

/** A service that a lead has closed, and one outside its hours; both as they were afterwards. */
export const closed: Flow = async (world) => {
  const lead = await office(world, 'lead', '/lead/services');
  const put = async (part: 'closure' | 'hours' | 'holidays', data: object) => {
    const { versions } = (await (await lead.request.get(api)).json()) as { versions: Record<string, number> };
    const answer = await lead.request.put(`${api}/${part}`, { data: { base: versions[part], ...data } });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  const before = (await (await lead.request.get(api)).json()) as { hours: object[]; holidays: object[] };
  const { generated_at: now } = (await (await lead.request.get(`/${AUTHORITY}/api/lead/overview`)).json()) as { generated_at: number };
  try {
    await put('closure', { closed: true, message: CLOSED });
    await shut(world, 'by-lead');
    await put('closure', { closed: false, message: CLOSED });
    await put('hours', { hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '15:00' })) });
    await put('holidays', { holidays: twoDays(now).map((day) => ({ day, name: { fi: 'huoltopäivä', sv: 'underhållsdag', en: 'maintenance day' } })) });
    await shut(world, 'by-hours');
  } finally {
    await put('closure', { closed: false, message: CLOSED });
    await put('hours', { hours: before.hours });
    await put('holidays', { holidays: before.holidays });
  }
  await lead.context().close();
};

/** Today and tomorrow by the demo's own time, which may be ahead of ours. */
const twoDays = (now: number) => [0, 1].map((n) => new Date(now + n * 86_400_000).toISOString().slice(0, 10));

async function shut(world: World, why: string) {
  const { lang, at } = world;
  const page = await open(world);
  await page.goto(address('/services/guardianship-chat', lang));
  await at(`service-closed-${why}`, page);
  await page.goto(address('/chat/guardianship-chat', lang));
  await expect(page.getByText(t(lang, 'chat.closed.title'))).toBeVisible();
  await at(`chat-closed-${why}`, page);
  await page.context().close();
}

/** The staff's way in, and what keeps somebody out. */
export const signingIn: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  // An address of their own, so that failing so often slows nobody else.
  const page = await (await browser.newContext({ ...size, extraHTTPHeaders: { 'X-Forwarded-For': `198.51.100.${Math.ceil(Math.random() * 250)}` } })).newPage();
  await page.goto(address('/sign-in', lang));
  await field(page, lang, 'signin.username').fill(`ei.kukaan.${lang}`);
  await at('sign-in', page);
  await page.goto(`${address('/sign-in', lang)}&next=/desk`);
  await expect(page.getByText(t(lang, 'signin.ended'))).toBeVisible();
  await at('sign-in-ended', page);
  await refused(world, page);
  await page.context().close();

  const adviser = await staff(browser, 'adviser', { size });
  await adviser.goto(address('/admin', lang));
  await expect(adviser.getByRole('heading', { name: t(lang, 'staff.noRole.title') })).toBeVisible();
  await at('no-role', adviser);
  await adviser.context().close();
};

/** An account that has an authenticator app; then a wrong password once, and so often that one has to wait. */
async function refused({ lang, at }: World, page: Page) {
  const attempt = async (username: string, password: string) => {
    await field(page, lang, 'signin.username').fill(username);
    await field(page, lang, 'signin.password').fill(password);
    const answer = page.waitForResponse(/sign-in$/);
    await press(page, lang, 'signin.submit');
    return (await answer).status();
  };
  const { username, password } = account(AUTHORITY, 'administrator');
  await attempt(username, password);
  await expect(field(page, lang, 'signin.code')).toBeVisible();
  await at('sign-in-code', page);
  await page.goto(address('/sign-in', lang));
  const nobody = `ei.kukaan.${lang}.${page.viewportSize()?.width}`;
  await attempt(nobody, 'väärä salasana');
  await expect(page.getByRole('alert')).toBeVisible();
  await at('sign-in-failed', page);
  for (let tries = 0; tries < 20 && (await attempt(nobody, 'väärä salasana')) !== 429; tries++);
  await expect(page.getByRole('alert')).toContainText(/\d/);
  await at('sign-in-backed-off', page);
}
