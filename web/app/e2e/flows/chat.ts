import { expect, type Page } from '@playwright/test';
import { closeContact, handleOf, has, staff, startChat, say, t, takeNext, whole } from '../demo';
import { address, field, type Flow, LINES, open, press, type World } from './world';

/** A chat as both sides see it, from the queue to the cleared computer. */
export const chat: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const { ask, answer } = LINES[lang];
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
  await press(desk, lang, 'desk.queues.show');
  await at('desk-queue', desk);
  await takeNext(desk, page, lang);
  await expect(desk.getByText(ask)).toBeVisible();
  await desk.getByRole('textbox', { name: t(lang, 'desk.write.reply') }).pressSequentially('P');
  await expect(page.locator('p[aria-hidden]')).not.toBeEmpty();
  await at('chat-typing', page);
  await say(desk, t(lang, 'desk.write.reply'), answer);
  await expect(page.getByRole('link', { name: /poliisi/ })).toBeVisible();
  await at('chat-active', page);
  await citizenSteps(world, page, inject);
  await deskSteps(world, desk);
  await press(page, lang, 'chat.end.open');
  await at('chat-ending', page);
  await press(page, lang, 'chat.end.goOn');
  await closing(world, desk);
  await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible({ timeout: 30_000 });
  await at('chat-ended', page);
  await press(page, lang, 'chat.helped.answers.yes');
  await expect(page.getByText(t(lang, 'chat.helped.thanks'))).toBeFocused();
  await at('chat-helped', page);
  const code = (await page.locator('strong').innerText()).trim();
  await press(page, lang, 'chat.ended.clear');
  await at('chat-cleared', page);
  await search(world, desk, code);
  await desk.context().close();
  await page.context().close();
};

/** What the citizen may meet while the adviser is there. The line stays broken. */
async function citizenSteps({ lang, at }: World, page: Page, inject: Inject) {
  const write = page.getByRole('textbox', { name: t(lang, 'chat.write.label') });
  await write.fill('010190-999W');
  await expect(page.getByText(t(lang, 'chat.write.code'))).toBeVisible();
  await at('chat-code', page);
  await write.fill('a'.repeat(4_100));
  await write.press('Enter');
  await at('chat-too-long', page);
  await write.fill('');
  await inject({ t: 'idle', contact: '', at: Date.now() + 300_000 });
  await expect(page.getByRole('button', { name: t(lang, 'chat.idle.stay') })).toBeVisible();
  await at('chat-idle', page);
  await press(page, lang, 'chat.idle.stay');
  await inject(null);
  await expect(page.getByText(t(lang, 'chat.line.broken'))).toBeVisible();
  await at('chat-broken', page);
}

/** What an adviser may ask of a contact in hand, each as an open step. */
async function deskSteps({ lang, at }: World, desk: Page) {
  const { note } = LINES[lang];
  await desk.keyboard.press('Alt+i');
  await say(desk, t(lang, 'desk.write.note'), note);
  await expect(desk.getByRole('log').getByText(note)).toBeVisible();
  await at('desk-note', desk);
  await desk.keyboard.press('Alt+r');
  await at('desk-contact', desk);
  await desk.keyboard.press('Alt+a');
  await expect(desk.getByRole('option', { name: '/hei' })).toBeVisible();
  await at('desk-answers', desk);
  await desk.keyboard.type('ajat');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('textbox', { name: t(lang, 'desk.write.reply') })).toBeFocused();
  await desk.keyboard.press('Enter');
  await expect(desk.getByText(t(lang, 'desk.write.holes'))).toBeVisible();
  await at('desk-answer-holes', desk);
  await desk.getByRole('textbox', { name: t(lang, 'desk.write.reply') }).fill('');
  for (const step of ['pass', 'abusive'] as const) {
    await press(desk, lang, `desk.head.${step}`);
    await expect(desk.getByRole('form')).toBeVisible();
    await at(`desk-${step}`, desk);
    await press(desk, lang, 'staff.cancel');
  }
  await press(desk, lang, 'desk.help.open');
  await at('desk-help', desk);
  await press(desk, lang, 'desk.help.close');
  await press(desk, lang, 'desk.notify.title');
  await desk.getByText(t(lang, 'desk.notify.sound'), { exact: true }).click();
  await at('desk-notify', desk);
  await press(desk, lang, 'desk.notify.close');
}

/** Closing, first without the topic that it needs. */
async function closing({ lang, at }: World, desk: Page) {
  await press(desk, lang, 'desk.head.close');
  await at('desk-close', desk);
  await desk.getByRole('form').getByRole('button', { name: t(lang, 'desk.close.do') }).click();
  await expect(desk.getByRole('combobox', { name: t(lang, 'desk.close.topic') })).toBeFocused();
  await at('desk-close-refused', desk);
  await press(desk, lang, 'staff.cancel');
  await closeContact(desk, lang);
  await at('desk-closed', desk);
}

async function search({ lang, at }: World, desk: Page, code: string) {
  await desk.keyboard.press('Alt+h');
  const value = field(desk, lang, 'desk.search.value');
  await expect(value).toBeVisible();
  await at('desk-search', desk);
  const by = field(desk, lang, 'desk.search.by');
  await by.selectOption('email');
  await value.fill('ei.kukaan@example.fi');
  await field(desk, lang, 'staff.reason').fill(LINES[lang].reason);
  const find = desk.getByRole('button', { name: t(lang, 'desk.search.do'), exact: true });
  await find.click();
  await expect(desk.getByText(t(lang, 'desk.search.none'))).toBeVisible();
  await at('desk-found-none', desk);
  await by.selectOption('reference');
  await value.fill('K20');
  await find.click();
  await expect(value).toBeFocused();
  await expect(value).toHaveAttribute('aria-invalid', 'true');
  await at('desk-search-refused', desk);
  await value.fill(code);
  await find.click();
  await expect(desk.getByRole('table')).toBeVisible();
  await at('desk-found', desk);
  await press(desk, lang, 'desk.search.open');
  await expect(desk.getByRole('log')).toBeVisible();
  await at('desk-read', desk);
}

/** Two contacts at once, one with an unread message; a citizen who leaves; a contact opened again; an end for abuse. */
export const severalChats: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const { ask } = LINES[lang];
  const [first, second] = [await open(world), await open(world)];
  for (const page of [first, second]) await startChat(page, { lang });
  const desk = await staff(browser, 'adviser', { size });
  for (const page of [first, second]) await takeNext(desk, page, lang);
  await say(first, t(lang, 'chat.write.label'), ask);
  await expect(desk.getByText(t(lang, 'desk.mine.unread', { n: 1 }))).toBeVisible();
  await at('desk-several', desk);
  await desk.keyboard.press('Alt+k');
  await expect(desk.getByText(ask)).toBeVisible();
  await closeContact(desk, lang);
  await expect(first.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible();
  await press(desk, lang, 'desk.head.reopen');
  await expect(first.getByRole('textbox', { name: t(lang, 'chat.write.label') })).toBeVisible();
  await at('chat-reopened', first);
  await first.context().close();
  await expect(desk.getByRole('region').getByText(t(lang, 'desk.head.left'))).toBeVisible({ timeout: 30_000 });
  await at('desk-citizen-gone', desk);
  await closeContact(desk, lang);
  await desk.getByRole('button', { name: new RegExp(await handleOf(second)) }).click();
  await press(desk, lang, 'desk.head.abusive');
  await desk.getByRole('form').getByRole('button', { name: t(lang, 'desk.abusive.do') }).click();
  await expect(second.getByText(t(lang, 'chat.ended.reasons.abusive'))).toBeVisible();
  await at('chat-ended-abusive', second);
  await second.context().close();
  await desk.context().close();
};

/** The conversation mailed to an address: one that is none, one that its server refuses, and one that takes it. */
export const mailing: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const page = await open(world);
  await startChat(page, { service: 'guardianship-chat', lang });
  const desk = await staff(browser, 'adviser', { size });
  await takeNext(desk, page, lang);
  const order = async (opener: 'chat.mail.open' | 'chat.mail.again', address: string) => {
    if (await field(page, lang, 'chat.mail.label').isHidden()) await press(page, lang, opener);
    await field(page, lang, 'chat.mail.label').fill(address);
    await press(page, lang, 'chat.mail.send');
  };
  await press(page, lang, 'chat.mail.open');
  await at('chat-mail', page);
  await order('chat.mail.open', 'maija@');
  await expect(field(page, lang, 'chat.mail.label')).toHaveAttribute('aria-invalid', 'true');
  await at('chat-mail-wrong', page);
  await order('chat.mail.open', 'no_box@example.fi');
  await expect(page.getByText(t(lang, 'chat.mail.outcomes.refused'))).toBeVisible();
  await at('chat-mail-refused', page);
  await order('chat.mail.again', 'maija@example.fi');
  await expect(page.getByText(t(lang, 'chat.mail.outcomes.sent'))).toBeVisible();
  await at('chat-mail-sent', page);
  await closeContact(desk, lang);
  await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible();
  await at('chat-mail-ended', page);
  await desk.context().close();
  await page.context().close();
};

/** A chat that the server does not know. */
export const lostChat: Flow = async (world) => {
  const { lang, at } = world;
  const page = await open(world);
  const gone = { contact: 'c_00000000000000000000000000', token: 'x', last: 0, pending: [] };
  await page.addInitScript((saved) => sessionStorage.setItem('luukku:dvv:citizens-advice', saved), JSON.stringify(gone));
  await page.goto(address('/chat/citizens-advice', lang));
  await expect(page.getByRole('heading', { name: t(lang, 'chat.lost.title') })).toBeVisible({ timeout: 20_000 });
  await whole(page);
  await at('chat-lost', page);
  await page.context().close();
};

type Inject = (event: object | null) => Promise<void>;

/** Stands between the page and its socket: adds an event, or with null breaks the line for good. */
async function socketOf(page: Page): Promise<Inject> {
  let send: (text: string) => void = () => undefined;
  let cut: () => void = () => undefined;
  let broken = false;
  await page.routeWebSocket(/\/api\/socket/, (socket) => {
    if (broken) return void socket.close();
    socket.connectToServer();
    send = (text) => socket.send(text);
    cut = () => void socket.close();
  });
  return async (event) => {
    if (event) return send(JSON.stringify({ push: { message: { data: event } } }));
    broken = true;
    cut();
  };
}
