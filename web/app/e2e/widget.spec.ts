import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { closeContact, say, staff, t, takeNext } from './demo';
import { type Site, site } from './site';

const SERVICE = 'citizens-advice';
const label = t('fi', 'chat.write.label');
const WIDE = { viewport: { width: 1280, height: 800 } };
const SMALL = { viewport: { width: 320, height: 640 } };
let allowed: Site;
let foreign: Site;
let other: Site;
/** Without hostile styles. */
let tame: Site;
/** With the code that the lead's page shows, as it stands. */
let copied: Site;

/** The frame's own page, once it is there. */
async function chatIn(page: Page) {
  await expect(page.frameLocator('iframe').getByRole('main')).toBeVisible();
  const found = page.frames().find((frame) => frame.url().includes(`/chat/${SERVICE}/embed`));
  if (!found) throw new Error('no frame of the chat');
  return found;
}

const opener = (page: Page) => page.getByRole('button', { name: /^Chat/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Chat' });
const stored = (page: Page) => page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie.length]);

async function visit(browser: Browser, at: Site, size = WIDE) {
  const page = await (await browser.newContext({ ...size, locale: 'fi-FI' })).newPage();
  await page.goto(`${at.origin}/yksi`);
  await expect(opener(page)).toBeVisible();
  return page;
}

async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`))).toEqual([]);
}

/** A lead names the sites on the services page, and sees the code for them. */
async function nameSites(browser: Browser, origins: string) {
  const lead = await staff(browser, 'lead');
  await lead.goto('/dvv/lead/services?lang=fi');
  const part = lead.getByRole('region', { name: 'Kansalaisneuvonnan asiakaspalvelu' });
  await part.getByRole('button', { name: /Muuta sivustoja/ }).click();
  await part.getByRole('textbox', { name: t('fi', 'lead.widget.field') }).fill(origins);
  await axe(lead);
  await part.getByRole('button', { name: t('fi', 'staff.save') }).click();
  await expect(part.getByText(t('fi', 'lead.widget.saved'))).toBeVisible();
  await axe(lead);
  const code = origins ? await part.locator('code').filter({ hasText: 'widget.js' }).innerText() : '';
  await lead.context().close();
  return code;
}

test.beforeAll(async ({ browser }, { project }) => {
  const base = project.use.baseURL ?? '';
  const tag = `<script src="${base}/dvv/widget.js" data-service="${SERVICE}" data-colour="#ff0" async></script>`;
  allowed = await site(base, tag, 'localhost');
  foreign = await site(base, tag);
  other = await site(base, tag);
  tame = await site(base, tag, 'localhost', 'body { font-family: serif }');
  const code = await nameSites(browser, [allowed, foreign, tame].map(({ origin }) => origin).join('\n'));
  expect(code).toContain(`${base}/dvv/widget.js" data-service="${SERVICE}"`);
  copied = await site(base, code, 'localhost');
});

test.afterAll(async ({ browser }) => {
  await nameSites(browser, '');
  await allowed.end();
  await foreign.end();
  await other.end();
  await tame.end();
  await copied.end();
});

test('a citizen chats on another site, by keyboard, over two of its pages, and leaves no trace', async ({ browser }) => {
  const page = await visit(browser, allowed);
  await axe(page);
  await opener(page).focus();
  await page.keyboard.press('Enter');
  const chat = await chatIn(page);
  await expect(page.locator('iframe')).toBeFocused();
  expect(await stored(page)).toEqual([0, 0, 0]);
  await axe(page);
  await chat.getByRole('button', { name: t('fi', 'chat.start.begin') }).focus();
  await page.keyboard.press('Enter');
  await expect(chat.getByRole('log')).toBeVisible();
  await chat.getByRole('textbox', { name: label }).focus();
  await page.keyboard.type('Hei kunnan sivulta');
  await page.keyboard.press('Enter');

  const desk = await staff(browser, 'adviser');
  await takeNext(desk, chat);
  await expect(desk.getByText('Hei kunnan sivulta')).toBeVisible();
  await say(desk, t('fi', 'desk.write.reply'), 'Ensimmäinen vastaus');
  await expect(chat.getByText('Ensimmäinen vastaus')).toBeVisible();
  await expect(desk.getByText(t('fi', 'desk.timeline.progress.seen'))).toBeVisible();
  await axe(page);

  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(opener(page)).toBeFocused();
  await say(desk, t('fi', 'desk.write.reply'), 'Toinen vastaus');
  await expect(page.getByRole('button', { name: 'Chat, 1 uusi viesti' })).toBeVisible();
  await expect(desk.getByText(t('fi', 'desk.timeline.progress.delivered'))).toBeVisible();
  await axe(page);

  await page.getByRole('link', { name: 'Toinen sivu' }).click();
  await page.waitForURL('**/toinen');
  await expect(page.getByRole('button', { name: 'Chat, 1 uusi viesti' })).toBeVisible();
  await page.getByRole('button', { name: 'Chat, 1 uusi viesti' }).press('Enter');
  const again = await chatIn(page);
  for (const text of ['Hei kunnan sivulta', 'Ensimmäinen vastaus', 'Toinen vastaus']) await expect(again.getByRole('log').getByText(text)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Chat', exact: true })).toBeVisible();
  await page.reload();
  await expect(dialog(page)).toBeVisible();
  const third = await chatIn(page);
  await expect(third.getByRole('log').getByText('Toinen vastaus')).toBeVisible();

  await closeContact(desk);
  await third.getByRole('button', { name: t('fi', 'chat.ended.clear') }).click();
  await expect(third.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeVisible();
  await dialog(page).getByRole('button', { name: t('fi', 'widget.close') }).click();
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await stored(page)).toEqual([0, 0, 0]);
  expect(await page.context().cookies()).toEqual([]);
  await page.reload();
  await expect(opener(page)).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
  await desk.context().close();
  await page.context().close();
});

test('a site that the service does not name is told so, and leads to the chat’s own page', async ({ browser }) => {
  const page = await visit(browser, other);
  const warned: string[] = [];
  page.on('console', (message) => warned.push(message.text()));
  await opener(page).click();
  await expect(dialog(page).getByText(t('fi', 'widget.failed'))).toBeVisible();
  await expect(page.locator('iframe')).toBeHidden();
  await axe(page);
  expect(warned.join()).toContain(other.origin);
  const opened = page.waitForEvent('popup');
  await dialog(page).getByRole('link', { name: t('fi', 'widget.ownPage') }).click();
  await expect((await opened).getByRole('button', { name: t('fi', 'chat.start.begin') })).toBeVisible();
  await page.context().close();
});

test('at 320 px the chat fills the window, keeps the focus, and gives the page back', async ({ browser }) => {
  const page = await visit(browser, allowed, SMALL);
  await opener(page).click();
  const chat = await chatIn(page);
  const box = await dialog(page).boundingBox();
  expect(box).toEqual({ x: 0, y: 0, ...SMALL.viewport });
  expect(await chat.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await axe(page);
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') === null)).toBe(true);
  }
  // One of the stops is the browser's own bar, whose keys are the browser's.
  if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('link', { name: 'Toinen sivu' })).toBeVisible();
  await page.context().close();
});

test('a browser that keeps nothing for a frame says so before the chat begins and while it runs', async ({ browser }) => {
  const page = await visit(browser, foreign);
  await opener(page).click();
  const chat = await chatIn(page);
  await axe(page);
  await expect(chat.getByText(t('fi', 'chat.notKept.text'))).toBeVisible();
  await chat.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await expect(chat.getByRole('log')).toBeVisible();
  await expect(chat.getByText(t('fi', 'chat.notKept.text'))).toBeVisible();
  await chat.getByRole('textbox', { name: label }).fill('toimii silti');
  await page.keyboard.press('Enter');
  await expect(chat.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  await chat.getByRole('button', { name: t('fi', 'chat.end.leaveQueue') }).click();
  await chat.getByRole('button', { name: t('fi', 'chat.end.endAndClear') }).click();
  await expect(chat.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeVisible();
  await page.context().close();
});

test('a site that checks its scripts loads the widget by the hash that the lead’s page shows', async ({ browser, baseURL }) => {
  const hash = (await fetch(`${baseURL}/dvv/widget.js`)).headers.get('etag')?.replaceAll(/W\/|"/g, '') ?? '';
  const tag = (integrity: string) => `<script src="${baseURL}/dvv/widget.js" data-service="${SERVICE}" integrity="${integrity}" crossorigin="anonymous" async></script>`;
  const [good, bad] = [await site(baseURL ?? '', tag(hash)), await site(baseURL ?? '', tag(`sha384-${'A'.repeat(64)}`))];
  const page = await visit(browser, good);
  await page.goto(`${bad.origin}/yksi`);
  await page.waitForLoadState('networkidle');
  await expect(opener(page)).toHaveCount(0);
  await page.context().close();
  await good.end();
  await bad.end();
});

test('two tabs are two chats, and what ends in one goes on in the other', async ({ browser }) => {
  const first = await visit(browser, allowed);
  await opener(first).click();
  const one = await begun(first);
  const second = await first.context().newPage();
  await second.goto(`${allowed.origin}/toinen`);
  await expect(opener(second)).toBeVisible();
  expect(await stored(second)).toEqual([0, 0, 0]);
  await opener(second).click();
  const two = await begun(second);
  for (const [chat, text] of [[one, 'ensimmäinen välilehti'], [two, 'toinen välilehti']] as const) {
    await chat.getByRole('textbox', { name: label }).fill(text);
    await chat.getByRole('button', { name: t('fi', 'chat.write.send') }).click();
    await expect(chat.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  }
  await cleared(two);
  await expect(one.getByRole('log').getByText('ensimmäinen välilehti')).toBeVisible();
  await expect(one.getByRole('log').getByText('toinen välilehti')).toHaveCount(0);
  await first.reload();
  const again = await chatIn(first);
  await expect(again.getByRole('log').getByText('ensimmäinen välilehti')).toBeVisible();
  await cleared(again);
  await first.context().close();
});

/** A chat that has begun in the page's frame. */
async function begun(page: Page) {
  const chat = await chatIn(page);
  await chat.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await expect(chat.getByRole('log')).toBeVisible();
  return chat;
}

async function cleared(chat: Awaited<ReturnType<typeof chatIn>>) {
  await chat.getByRole('button', { name: t('fi', 'chat.end.leaveQueue') }).click();
  await chat.getByRole('button', { name: t('fi', 'chat.end.endAndClear') }).click();
  await expect(chat.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeVisible();
}

const linkTo = (page: Page) => page.locator('a[data-luukku-link]');

test('where scripts of other sites are blocked, the copied code leaves a link to the chat', async ({ browser }) => {
  const page = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
  await page.goto(`${copied.origin}/yksi`);
  await expect(opener(page)).toBeVisible();
  await expect(linkTo(page), 'the button takes the link’s place').toHaveCount(0);
  await page.route('**/widget.js', (route) => route.abort('blockedbyclient'));
  await page.goto(`${copied.origin}/toinen`);
  await expect(linkTo(page)).toHaveText(/Kansalaisneuvonnan asiakaspalvelu/);
  await axe(page);
  await linkTo(page).click();
  await expect(page.getByRole('button', { name: t('fi', 'chat.start.begin') })).toBeVisible();
  await page.context().close();
});

test('without any script the link leads to what can be read, and says what the chat needs', async ({ browser }) => {
  const page = await (await browser.newContext({ locale: 'fi-FI', javaScriptEnabled: false })).newPage();
  await page.goto(`${copied.origin}/yksi`);
  await linkTo(page).click();
  await page.waitForURL('**/chat/**');
  // Chromium in tests parses <noscript> as if scripts ran, so its text is looked for in what came.
  expect(await page.content()).toContain('Chat tarvitsee JavaScriptin');
  await page.context().close();
});

test('what a page does with its styles changes nothing of the button and of the dialog', async ({ browser }) => {
  const looks = [];
  for (const at of [tame, allowed]) {
    const page = await visit(browser, at);
    await opener(page).click();
    await chatIn(page);
    looks.push({ opener: await look(opener(page)), dialog: await look(dialog(page)), frame: await look(page.locator('iframe')) });
    await page.context().close();
  }
  expect(looks[1]).toEqual(looks[0]);
});

/** What somebody sees of an element, but for its words. */
async function look(of: Locator) {
  const style = await of.evaluate((element) => {
    const { color, backgroundColor, fontSize, fontFamily, opacity, visibility, display } = getComputedStyle(element);
    return { color, backgroundColor, fontSize, fontFamily, opacity, visibility, display };
  });
  return { ...style, box: await of.boundingBox() };
}

test('with third-party cookies blocked both sides hear each other until the page changes', async ({ browser }) => {
  const page = await visit(browser, foreign);
  await opener(page).click();
  const chat = await begun(page);
  expect(await chat.evaluate(() => {
    try {
      return typeof sessionStorage.length;
    } catch {
      return 'refused';
    }
  }), 'the browser keeps nothing for the frame').toBe('refused');
  await chat.getByRole('textbox', { name: label }).fill('Kuuletko?');
  await page.keyboard.press('Enter');
  const desk = await staff(browser, 'adviser');
  await desk.goto('/dvv/desk?lang=fi');
  await desk.getByRole('button', { name: t('fi', 'desk.presence.present') }).click();
  await desk.getByRole('button', { name: t('fi', 'desk.takeNext'), exact: true }).click();
  await expect(desk.getByText('Kuuletko?')).toBeVisible();
  await say(desk, t('fi', 'desk.write.reply'), 'Kuulen.');
  await expect(chat.getByText('Kuulen.')).toBeVisible();
  await page.reload();
  const anew = await chatIn(page);
  await expect(anew.getByRole('button', { name: t('fi', 'chat.start.begin') })).toBeVisible();
  await expect.poll(() => stored(page)).toEqual([0, 0, 0]);
  await closeContact(desk);
  await desk.context().close();
  await page.context().close();
});
