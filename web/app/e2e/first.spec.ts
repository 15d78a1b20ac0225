import { expect, type Locator, type Page, test } from '@playwright/test';
import { closeContact, leave, say, staff, t, takeNext, whole } from './demo';
import { allow, site } from './site';

const SERVICE = 'citizens-advice';
const ADDRESS = `/dvv/chat/${SERVICE}?lang=fi`;
const FRONT = '**/app/assets/*.js';
const label = t('fi', 'chat.write.label');

const field = (page: Page) => page.getByRole('textbox', { name: label });

/** Keeps the whole front end back; the answer lets it come. */
async function heldBack(page: Page): Promise<() => void> {
  let come: () => void = () => undefined;
  const due = new Promise<void>((resolve) => (come = resolve));
  await page.route(FRONT, async (route) => {
    await due;
    await route.continue().catch(() => undefined);
  });
  return come;
}

const blocked = (page: Page) => page.route(FRONT, (route) => route.abort('blockedbyclient'));

async function begin(page: Page) {
  await page.goto(ADDRESS);
  await page.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await expect(page.getByRole('log')).toBeVisible();
}

const selection = (of: Locator) => of.evaluate((field: HTMLTextAreaElement) => [field.value, field.selectionStart, field.selectionEnd, document.activeElement === field]);

test('a citizen writes before the front end is there; it takes over with the draft, the caret and the focus, and sends nothing twice', async ({ page, browser }) => {
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(`${new URL(request.url()).pathname.split('/').at(-1)} ${request.postData() ?? ''}`));
  const come = await heldBack(page);
  await begin(page);
  await say(page, label, 'ennen muuta');
  await expect(page.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  await field(page).fill('luonnos jatkuu');
  await field(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(3, 7));
  await expect(page.locator('#first')).toHaveCount(1);
  const focused = await focusMoves(page);
  come();
  await whole(page);
  expect(await selection(field(page))).toEqual(['luonnos jatkuu', 3, 7, true]);
  expect(await focused(), 'the focus goes from field to field and nowhere else').toEqual(['TEXTAREA']);
  await expect(page.getByRole('log').getByText('ennen muuta')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  for (const text of ['ennen muuta', 'luonnos jatkuu']) await expect(desk.getByRole('log').getByText(text, { exact: true })).toHaveCount(1);
  expect(sent.filter((each) => each.startsWith('contacts '))).toHaveLength(1);
  expect(sent.filter((each) => each.startsWith('messages '))).toHaveLength(2);
  await closeContact(desk);
  await desk.context().close();
});

/** Notes what gets the focus from now on. */
async function focusMoves(page: Page) {
  await page.evaluate(() => {
    const got: string[] = [];
    Object.assign(window, { got });
    document.addEventListener('focusin', ({ target }) => got.push((target as Element).tagName));
  });
  return () => page.evaluate(() => (window as unknown as { got: string[] }).got);
}

test('what is being typed letter by letter is never interrupted by the front end', async ({ page }) => {
  const come = await heldBack(page);
  await begin(page);
  await field(page).focus();
  come();
  const text = 'kirjoitan kaiken aikaa enkä lopeta ennen kuin asia on sanottu';
  await field(page).pressSequentially(text, { delay: 60 });
  await whole(page);
  expect(await selection(field(page))).toEqual([text, text.length, text.length, true]);
  await leave(page);
});

test('without the front end a chat can be written, answered and left', async ({ page, browser }) => {
  await blocked(page);
  await begin(page);
  await say(page, label, 'ilman muuta sivua');
  await expect(page.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  await expect(page.getByText(t('fi', 'chat.first.missing'))).toBeVisible();
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  await say(desk, t('fi', 'desk.write.reply'), 'Vastaus perille');
  await expect(page.getByRole('log').getByText('Vastaus perille')).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('log').getByText('Vastaus perille')).toHaveCount(1);
  await expect(page.getByRole('button', { name: t('fi', 'chat.start.begin') })).toHaveCount(0);
  await closeContact(desk);
  await expect(page.getByRole('heading', { name: t('fi', 'chat.ended.title') })).toBeFocused();
  await page.getByRole('button', { name: t('fi', 'chat.ended.clear') }).click();
  await expect(page.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeFocused();
  expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
  await desk.context().close();
});

test('a form that is being filled in stays as it is while the front end comes, and in another language', async ({ page }) => {
  await page.goto(ADDRESS);
  await page.getByRole('textbox').first().fill('maija@example.fi');
  await page.getByRole('radio', { name: t('fi', 'shared.languages.en') }).check();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(2_000);
  await page.getByRole('link', { name: 'Svenska' }).click();
  await expect(page.getByRole('button', { name: t('sv', 'chat.start.begin') })).toBeVisible();
  await expect(page.getByRole('textbox').first()).toHaveValue('maija@example.fi');
  await expect(page.getByRole('radio', { name: t('sv', 'shared.languages.en') })).toBeChecked();
  await page.getByRole('button', { name: t('sv', 'chat.start.begin') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await whole(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  await leave(page, 'sv');
});

test('in a frame for which the browser keeps nothing the same chat is handed over, and the draft with it', async ({ browser, baseURL }) => {
  const foreign = await site(baseURL ?? '', `<script src="${baseURL}/dvv/widget.js" data-service="${SERVICE}" async></script>`, '127.0.0.1');
  await allow(browser, SERVICE, [foreign.origin]);
  const page = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
  const come = await heldBack(page);
  await page.goto(`${foreign.origin}/yksi`);
  await page.getByRole('button', { name: 'Chat' }).click();
  const chat = page.frameLocator('iframe');
  await expect(chat.getByText(t('fi', 'chat.notKept.text'))).toBeVisible();
  await chat.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await chat.getByRole('textbox', { name: label }).fill('ensimmäinen');
  await page.keyboard.press('Enter');
  await expect(chat.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  await chat.getByRole('textbox', { name: label }).fill('luonnos');
  come();
  await expect(chat.getByRole('button', { name: t('fi', 'chat.sound') })).toBeVisible({ timeout: 30_000 });
  await expect(chat.getByRole('textbox', { name: label })).toHaveValue('luonnos');
  await expect(chat.getByRole('log').getByText('ensimmäinen')).toHaveCount(1);
  await chat.getByRole('button', { name: t('fi', 'chat.end.leaveQueue') }).click();
  await chat.getByRole('button', { name: t('fi', 'chat.end.endAndClear') }).click();
  await expect(chat.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeVisible();
  await page.context().close();
  await allow(browser, SERVICE, []);
  await foreign.end();
});

test('the first steps by keyboard alone, and a screen reader hears nothing again when the front end takes over', async ({ page }) => {
  const come = await heldBack(page);
  await page.goto(ADDRESS);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('fi', 'shared.skip') })).toBeFocused();
  const reach = async (target: Locator) => {
    for (let i = 0; i < 30 && !(await target.evaluate((element) => element === document.activeElement)); i++) await page.keyboard.press('Tab');
    await expect(target).toBeFocused();
  };
  await reach(page.getByRole('button', { name: t('fi', 'chat.start.begin') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        if (target instanceof Element && target.closest('[role=status], [role=alert], [aria-live=polite]')) heard.push(...[...addedNodes].map((node) => node.textContent ?? ''));
    }).observe(document.body, { subtree: true, childList: true });
  });
  come();
  await whole(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.waitForTimeout(1_500);
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard.filter(Boolean))).toEqual([]);
  await reach(field(page));
  await page.keyboard.type('näppäimillä');
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  await leave(page);
});
