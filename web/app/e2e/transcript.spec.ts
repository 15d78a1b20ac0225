import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { closeContact, LANGS, type Lang, say, staff, startChat, t, takeNext, whole } from './demo';
import { attach, picture } from './files';
import { holding, received } from './mailbox';
import { allow, type Site, site } from './site';

const SERVICE = 'guardianship-chat';
let town: Site;

test.beforeAll(async ({ browser }, { project }) => {
  const base = project.use.baseURL ?? '';
  town = await site(base, `<script src="${base}/dvv/widget.js" data-service="${SERVICE}" data-lang="fi" async></script>`, 'localhost');
  await allow(browser, SERVICE, [town.origin]);
});

test.afterAll(async ({ browser }) => {
  await allow(browser, SERVICE, []);
  await town.end();
});

const order = async (chat: Pick<Page, 'getByRole'>, lang: Lang, address: string) => {
  await chat.getByRole('button', { name: t(lang, 'chat.mail.open') }).click();
  await chat.getByRole('textbox', { name: t(lang, 'chat.mail.label') }).fill(address);
  await chat.getByRole('button', { name: t(lang, 'chat.mail.send') }).click();
};

// S4-9: the whole way, from another site's page to the citizen's own mailbox.
test('a citizen chats on another site and finds the conversation in the mailbox; the address is in no file', async ({ browser }) => {
  const page = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
  await page.goto(`${town.origin}/yksi`);
  await page.getByRole('button', { name: /^Chat/ }).click();
  await expect(page.frameLocator('iframe').getByRole('main')).toBeVisible();
  const chat = page.frames().find((frame) => frame.url().includes(`/chat/${SERVICE}/embed`));
  if (!chat) throw new Error('no frame of the chat');
  await chat.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await chat.getByRole('textbox', { name: t('fi', 'chat.write.label') }).fill('Miten vuositili täytetään? <b>ä & ö</b>');
  await page.keyboard.press('Enter');
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, chat);
  await say(desk, t('fi', 'desk.write.reply'), 'Lomakkeella: https://www.example.fi/vuositili');
  await expect(chat.getByText('Lomakkeella')).toBeVisible();

  const address = `maija.${Date.now()}@example.fi`;
  await order(chat, 'fi', address);
  await expect(chat.getByText(t('fi', 'chat.mail.outcomes.sent'))).toBeVisible();
  expect(holding(address)).toEqual([]);
  expect(holding('chat@dvv.example.fi').length, 'the search finds what is in a file (control)').toBeGreaterThan(0);

  const [mail, more] = await received(address);
  expect(more).toBeUndefined();
  expect(mail?.signed).toBe('dvv.example.fi');
  expect(mail?.headers['Message-Id']?.[0]).toMatch(/^<m_\w+@dvv\.example\.fi>$/);
  expect(mail?.headers['Content-Language']).toEqual(['fi']);
  expect(mail?.headers.Received?.join()).toContain('ESMTPSA');
  const [plain, html] = mail?.parts ?? [];
  expect([plain?.type, html?.type]).toEqual([expect.stringMatching(/^text\/plain/), expect.stringMatching(/^text\/html/)]);
  for (const said of ['Miten vuositili täytetään? <b>ä & ö</b>', 'Lomakkeella: https://www.example.fi/vuositili']) expect(plain?.text).toContain(said);
  await readable(page, html?.text ?? '');
  await closeContact(desk);
  await desk.context().close();
  await page.context().close();
});

// The municipality's advice declares files, too.
test('a citizen on another site sends a picture and finds it named in the mailbox; the address is in no file', async ({ browser }) => {
  const [authority, service] = ['mallila', 'citizens-advice'];
  const page = await (await browser.newContext({ locale: 'fi-FI' })).newPage();
  const base = new URL((await page.goto('/'))?.url() ?? '').origin;
  const place = await site(base, `<script src="${base}/${authority}/widget.js" data-service="${service}" data-lang="fi" async></script>`, 'localhost');
  await allow(browser, service, [place.origin], authority);
  await page.goto(`${place.origin}/yksi`);
  await page.getByRole('button', { name: /^Chat/ }).click();
  await expect(page.frameLocator('iframe').getByRole('main')).toBeVisible();
  const chat = page.frames().find((frame) => frame.url().includes(`/chat/${service}/embed`));
  if (!chat) throw new Error('no frame of the chat');
  await chat.getByRole('button', { name: t('fi', 'chat.start.begin') }).click();
  await expect(chat.getByRole('log')).toBeVisible();
  await whole(chat);
  await attach(page, 'fi', { name: 'kirje.png', mimeType: 'image/png', buffer: await picture(page) }, chat);
  await chat.getByRole('textbox', { name: t('fi', 'chat.write.label') }).fill('Tällainen kirje tuli.');
  await chat.getByRole('button', { name: t('fi', 'shared.file.send') }).click();
  await expect(chat.getByRole('log').getByText('kirje.png')).toBeVisible();
  const desk = await staff(browser, 'adviser', { authority });
  await takeNext(desk, chat);
  await expect(desk.getByRole('log').getByText('kirje.png')).toBeVisible();
  await say(desk, t('fi', 'desk.write.reply'), 'Kirje on aito.');
  await expect(chat.getByText('Kirje on aito.')).toBeVisible();

  const address = `matti.${Date.now()}@example.fi`;
  await order(chat, 'fi', address);
  await expect(chat.getByText(t('fi', 'chat.mail.outcomes.sent'))).toBeVisible();
  expect(holding(address)).toEqual([]);
  const [mail] = await received(address);
  for (const said of ['Tällainen kirje tuli.', 'kirje.png', 'Kirje on aito.']) expect(mail?.parts[0]?.text).toContain(said);
  await closeContact(desk);
  await allow(browser, service, [], authority);
  await place.end();
  await desk.context().close();
  await page.context().close();
});

/** The HTML part as somebody sees it: what was said, as text; nothing fetched; nothing for axe to find. */
async function readable(page: Page, html: string) {
  const asked: string[] = [];
  const reader = await page.context().newPage();
  reader.on('request', (request) => asked.push(request.url()));
  await reader.setContent(html);
  await expect(reader.getByText('Miten vuositili täytetään? <b>ä & ö</b>')).toBeVisible();
  await expect(reader.locator('html')).toHaveAttribute('lang', 'fi');
  const { violations } = await new AxeBuilder({ page: reader }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(asked).toEqual([]);
  await reader.close();
}

test('the transcript comes in the language of the conversation, also after its end', async ({ browser }) => {
  for (const lang of LANGS) {
    const page = await (await browser.newContext({ locale: lang })).newPage();
    await startChat(page, { service: SERVICE, lang });
    const desk = await staff(browser, 'adviser');
    await takeNext(desk, page, lang);
    await say(page, t(lang, 'chat.write.label'), 'Åäö');
    await expect(desk.getByText('Åäö')).toBeVisible();
    await closeContact(desk, lang);
    await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible();
    const address = `${lang}.${Date.now()}@example.fi`;
    await order(page, lang, address);
    await expect(page.getByText(t(lang, 'chat.mail.outcomes.sent'))).toBeVisible();
    const [mail] = await received(address);
    expect(mail?.headers['Content-Language']).toEqual([lang]);
    expect(mail?.parts[0]?.text).toContain('Åäö');
    expect(mail?.parts[1]?.text).toContain(`<html lang="${lang}">`);
    await desk.context().close();
    await page.context().close();
  }
});
