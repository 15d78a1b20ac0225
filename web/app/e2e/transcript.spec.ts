import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { closeContact, LANGS, type Lang, say, staff, startChat, t, takeNext } from './demo';
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
