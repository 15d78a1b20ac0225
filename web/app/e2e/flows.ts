import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { closeContact, has, type Lang, say, staff, startChat, t, takeNext } from './demo';

/** One way through the program, stopping at every state that somebody may meet. */
export interface World {
  browser: Browser;
  lang: Lang;
  size: BrowserContextOptions;
  /** Called at each state, once it has settled. Names are unique over all flows. */
  at: (name: string, page: Page) => Promise<void>;
}

export type Flow = (world: World) => Promise<void>;

const AUTHORITY = 'dvv';
const address = (path: string, lang: Lang) => `/${AUTHORITY}${path}?lang=${lang}`;

const LINES: Record<Lang, { ask: string; answer: string; note: string }> = {
  fi: { ask: 'Hei! Mistä haen uuden passin, kun vanha on kadonnut?', answer: 'Passin myöntää poliisi. Ilmoita ensin katoamisesta ja varaa aika: https://poliisi.example.fi/passi.', note: 'Kysyi samaa aiemmin puhelimessa.' },
  sv: { ask: 'Hej! Var ansöker jag om ett nytt pass när det gamla har försvunnit?', answer: 'Pass beviljas av polisen. Anmäl först förlusten och boka en tid: https://poliisi.example.fi/pass.', note: 'Frågade samma sak per telefon.' },
  en: { ask: 'Hello! Where do I apply for a new passport when the old one is lost?', answer: 'Passports are issued by the police. Report the loss first and book a time: https://poliisi.example.fi/en.', note: 'Asked the same by telephone.' },
};

async function open(world: World): Promise<Page> {
  return (await world.browser.newContext({ ...world.size, locale: world.lang })).newPage();
}

/** Pages that need nothing but an address. */
export const strangers: Flow = async (world) => {
  const { lang, at } = world;
  const page = await open(world);
  for (const service of ['citizens-advice', 'guardianship-chat']) {
    await page.goto(address(`/chat/${service}`, lang));
    await expect(page.getByRole('button', { name: t(lang, 'chat.start.begin') })).toBeVisible();
    await at(`chat-start-${service}`, page);
  }
  await page.goto(address('/chat/no-such', lang));
  // The server answers itself: a heading, a sentence, a way on.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: t(lang, 'chat.start.begin') })).toHaveCount(0);
  await at('chat-missing', page);
  await page.goto(address('/sign-in', lang));
  await page.getByLabel(t(lang, 'signin.username')).fill('aino.dvv');
  await at('sign-in', page);
  await page.getByLabel(t(lang, 'signin.password')).fill('x');
  await page.getByRole('button', { name: t(lang, 'signin.submit') }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await at('sign-in-failed', page);
  await page.context().close();
};

/** A closed service, as a lead closes it, and open again afterwards. */
export const closedService: Flow = async (world) => {
  const { lang, at, browser } = world;
  const lead = await staff(browser, 'lead');
  const close = async (closed: boolean) => {
    const message = { fi: 'Neuvonta on suljettu koulutuksen vuoksi.', sv: 'Rådgivningen är stängd på grund av utbildning.', en: 'The service is closed because of training.' };
    const url = `/${AUTHORITY}/api/lead/services/guardianship-chat/closure`;
    expect((await lead.request.put(url, { data: { closed, message } })).ok()).toBe(true);
  };
  const page = await open(world);
  await close(true);
  try {
    await page.goto(address('/chat/guardianship-chat', lang));
    await expect(page.getByText(t(lang, 'chat.closed.title'))).toBeVisible();
    await at('chat-closed', page);
  } finally {
    await close(false);
  }
  await page.context().close();
  await lead.context().close();
};

/** A chat as both sides see it, from the queue to the cleared computer. */
export const chat: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const { ask, answer, note } = LINES[lang];
  const page = await open(world);
  const inject = await socketOf(page);
  await startChat(page, { lang });
  await at('chat-waiting', page);
  await say(page, t(lang, 'chat.write.label'), ask);
  await expect(page.getByText(t(lang, 'chat.progress.sent'))).toBeVisible();
  await at('chat-waiting-written', page);

  const desk = await staff(browser, 'adviser', { size });
  await desk.goto(address('/desk', lang));
  await expect(desk.getByRole('button', { name: has(lang, 'desk.queues.takeFrom') }).first()).toBeVisible();
  await at('desk-empty', desk);
  await desk.getByRole('button', { name: t(lang, 'desk.queues.show') }).first().click();
  await at('desk-queue', desk);
  await takeNext(desk, page, lang);
  await expect(desk.getByText(ask)).toBeVisible();
  await desk.getByRole('textbox', { name: t(lang, 'desk.write.reply') }).pressSequentially('P');
  await expect(page.locator('p[aria-hidden]')).not.toBeEmpty();
  await at('chat-typing', page);
  await say(desk, t(lang, 'desk.write.reply'), answer);
  await expect(page.getByRole('link', { name: /poliisi/ })).toBeVisible();
  await at('chat-active', page);
  await desk.keyboard.press('Alt+i');
  await say(desk, t(lang, 'desk.write.note'), note);
  await expect(desk.getByRole('log').getByText(note)).toBeVisible();
  await at('desk-note', desk);
  await desk.keyboard.press('Alt+r');
  await at('desk-contact', desk);

  const field = page.getByRole('textbox', { name: t(lang, 'chat.write.label') });
  await field.fill('010190-999W');
  await expect(page.getByText(t(lang, 'chat.write.code'))).toBeVisible();
  await at('chat-code', page);
  await field.fill('a'.repeat(4_100));
  await field.press('Enter');
  await at('chat-too-long', page);
  await field.fill('');
  await inject({ t: 'idle', contact: '', at: Date.now() + 300_000 });
  await expect(page.getByRole('button', { name: t(lang, 'chat.idle.stay') })).toBeVisible();
  await at('chat-idle', page);
  await page.getByRole('button', { name: t(lang, 'chat.idle.stay') }).click();
  await inject(null);
  await expect(page.getByText(t(lang, 'chat.line.broken'))).toBeVisible();
  await at('chat-broken', page);

  await deskSteps(world, desk);
  await page.getByRole('button', { name: t(lang, 'chat.end.open') }).click();
  await at('chat-ending', page);
  await page.getByRole('button', { name: t(lang, 'chat.end.goOn') }).click();
  await closeContact(desk, lang);
  await at('desk-closed', desk);
  await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible({ timeout: 30_000 });
  await at('chat-ended', page);
  const code = (await page.locator('strong').innerText()).trim();
  await page.getByRole('button', { name: t(lang, 'chat.ended.clear') }).click();
  await at('chat-cleared', page);
  await search(world, desk, code);
  await desk.context().close();
  await page.context().close();
};

/** What an adviser may ask of a contact in hand, each as an open step. */
async function deskSteps({ lang, at }: World, desk: Page) {
  for (const step of ['pass', 'close', 'abusive'] as const) {
    await desk.getByRole('button', { name: t(lang, `desk.head.${step}`) }).click();
    await expect(desk.getByRole('form')).toBeVisible();
    await at(`desk-${step}`, desk);
    await desk.getByRole('button', { name: t(lang, 'staff.cancel') }).click();
  }
  await desk.getByRole('button', { name: t(lang, 'desk.help.open'), exact: true }).click();
  await at('desk-help', desk);
  await desk.getByRole('button', { name: t(lang, 'desk.help.close') }).click();
}

async function search({ lang, at }: World, desk: Page, code: string) {
  await desk.keyboard.press('Alt+h');
  await expect(desk.getByLabel(t(lang, 'desk.search.value'))).toBeVisible();
  await at('desk-search', desk);
  await desk.getByLabel(t(lang, 'desk.search.value')).fill(code);
  await desk.getByLabel(t(lang, 'staff.reason')).fill('Asiakas palasi asiaan');
  await desk.getByRole('button', { name: t(lang, 'desk.search.do'), exact: true }).click();
  await expect(desk.getByRole('table')).toBeVisible();
  await at('desk-found', desk);
  await desk.getByRole('button', { name: has(lang, 'desk.search.open') }).first().click();
  await expect(desk.getByRole('log')).toBeVisible();
  await at('desk-read', desk);
}

/** A chat that the server does not know, one's own account, and a session near its end. */
export const others: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const page = await open(world);
  const gone = { contact: 'c_00000000000000000000000000', token: 'x', last: 0, pending: [] };
  await page.addInitScript((saved) => sessionStorage.setItem('luukku:dvv:citizens-advice', saved), JSON.stringify(gone));
  await page.goto(address('/chat/citizens-advice', lang));
  await expect(page.getByRole('heading', { name: t(lang, 'chat.lost.title') })).toBeVisible({ timeout: 20_000 });
  await at('chat-lost', page);
  await page.context().close();

  const desk = await staff(browser, 'adviser', { size });
  await desk.goto(address('/account', lang));
  await expect(desk.getByRole('heading', { name: t(lang, 'signin.account.title') })).toBeVisible();
  await at('account', desk);
  await desk.getByRole('button', { name: t(lang, 'signin.account.enrol') }).click();
  await expect(desk.getByRole('img')).toBeVisible();
  await at('account-code-device', desk);
  await desk.route('**/api/staff/me', async (route) => {
    const answer = await route.fetch();
    const me = (await answer.json()) as { session: object };
    await route.fulfill({ response: answer, json: { ...me, session: { ...me.session, idle_at: Date.now() + 60_000 } } });
  });
  await desk.goto(address('/desk', lang));
  await expect(desk.getByRole('button', { name: t(lang, 'staff.idle.stay') })).toBeVisible();
  await at('session-ending', desk);
  await desk.context().close();
};

/** Stands between the page and its socket: adds an event, or with null breaks the line for good. */
async function socketOf(page: Page) {
  let send: (text: string) => void = () => undefined;
  let cut: () => void = () => undefined;
  let broken = false;
  await page.routeWebSocket(/\/api\/socket/, (socket) => {
    if (broken) return void socket.close();
    socket.connectToServer();
    send = (text) => socket.send(text);
    cut = () => void socket.close();
  });
  return async (event: object | null) => {
    if (event) return send(JSON.stringify({ push: { message: { data: event } } }));
    broken = true;
    cut();
  };
}

const OFFICES = [
  { role: 'lead', path: '/lead', name: 'lead' },
  { role: 'lead', path: '/lead/services', name: 'lead-services' },
  { role: 'lead', path: '/lead/report', name: 'lead-report' },
  { role: 'lead', path: '/desk/search', name: 'search-page' },
  { role: 'data_protection_officer', path: '/officer', name: 'officer-destruction' },
  { role: 'data_protection_officer', path: '/officer/audit', name: 'officer-audit' },
  { role: 'data_protection_officer', path: '/officer/checkpoint', name: 'officer-checkpoint' },
  { role: 'administrator', path: '/admin', name: 'admin-staff' },
  { role: 'administrator', path: '/admin/keys', name: 'admin-keys' },
  { role: 'administrator', path: '/admin/time', name: 'admin-time' },
  { role: 'adviser', path: '/admin', name: 'no-role' },
] as const;

/** The pages of leads, officers and administrators, as they first show. */
export const offices: Flow = async ({ browser, lang, size, at }) => {
  for (const { role, path, name } of OFFICES) {
    const page = await staff(browser, role, { size });
    await page.goto(address(path, lang));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await at(name, page);
    await page.context().close();
  }
};
