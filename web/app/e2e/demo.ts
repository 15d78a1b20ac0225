import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Frame, type Page } from '@playwright/test';
import { type Args, type Key, type Lang, lookup } from '../src/text/lookup';

export type { Lang } from '../src/text/lookup';
export const LANGS: Lang[] = ['fi', 'sv', 'en'];

export type Role = 'adviser' | 'lead' | 'quality_reviewer' | 'registry_clerk' | 'data_protection_officer' | 'administrator';

interface Account {
  authority: string;
  role: Role;
  username: string;
  password: string;
  totp_secret?: string;
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const accounts = json(process.env.LUUKKU_ACCOUNTS ?? '../../data.demo/demo-accounts.json') as Account[];
const texts = Object.fromEntries(
  LANGS.map((lang) => [lang, json(resolve(import.meta.dirname, `../src/text/${lang}.json`)) as object]),
) as Record<Lang, object>;

/** A text of the page, so that tests find things by what people read. */
export const t = (lang: Lang, key: Key, args?: Args) => lookup(texts[lang], lang, key, args);

/** The same text as a pattern, for names that hold more. */
export const has = (lang: Lang, key: Key) => new RegExp(t(lang, key).split(/\{\w+\}/).map(quote).join('.*'));
const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function account(authority: string, role: Role, nth = 0): Account {
  const found = accounts.filter((each) => each.authority === authority && each.role === role)[nth];
  if (!found) throw new Error(`the demo has no ${role} number ${nth} of ${authority}`);
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The six digits that an authenticator app shows `at` a moment (RFC 6238). */
export function totp(secret: string, at = Date.now()): string {
  const bits = Array.from(secret.replace(/\s/g, ''), (c) => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export async function signIn(page: Page, who: Account, lang: Lang = 'fi') {
  await page.goto(`/${who.authority}/sign-in?lang=${lang}`);
  await page.getByLabel(t(lang, 'signin.username')).fill(who.username);
  await page.getByLabel(t(lang, 'signin.password')).fill(who.password);
  await page.getByRole('button', { name: t(lang, 'signin.submit') }).click();
  if (who.totp_secret) {
    await page.getByLabel(t(lang, 'signin.code')).fill(totp(who.totp_secret));
    await page.getByRole('button', { name: t(lang, 'signin.submit') }).click();
  }
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;
interface Wish {
  authority?: string;
  nth?: number;
  /** Size of the window, as for a context. */
  size?: BrowserContextOptions;
}

const signedIn = new Map<string, Kept>();

/**
 * A window of a signed-in member of staff. Each account signs in once: a code is good
 * only once, and the sessions of one account may be many.
 */
export async function staff(browser: Browser, role: Role, { authority = 'dvv', nth = 0, size = {} }: Wish = {}): Promise<Page> {
  const who = account(authority, role, nth);
  const kept = signedIn.get(who.username);
  const context = await browser.newContext({ ...size, ...(kept ? { storageState: kept } : {}) });
  const page = await context.newPage();
  // What another test did may have ended the session.
  if (!kept || !(await context.request.get(`/${authority}/api/staff/me`)).ok()) {
    await signIn(page, who);
    signedIn.set(who.username, await context.storageState());
  }
  return page;
}

interface Start {
  authority?: string;
  service?: string;
  lang?: Lang;
  /** Whether to stay in the first steps, of a page whose whole front end does not come. */
  first?: boolean;
}

/** A citizen who has asked for a place in the queue and is waiting, with the whole front end there. */
export async function startChat(page: Page, { authority = 'dvv', service = 'citizens-advice', lang = 'fi', first = false }: Start = {}) {
  await page.goto(`/${authority}/chat/${service}?lang=${lang}`);
  await page.getByRole('button', { name: t(lang, 'chat.start.begin') }).click();
  await expect(page.getByRole('log')).toBeVisible();
  if (!first) await whole(page);
}

/** Waits until the whole front end has taken over from the first steps of a chat. */
export const whole = (page: Page | Frame) => expect(page.locator('#first')).toHaveCount(0);

/** Ends a chat from the citizen's side, so that the queue is empty for the next test. */
export async function leave(page: Page, lang: Lang = 'fi') {
  await page.getByRole('button', { name: t(lang, 'chat.end.leaveQueue') }).click();
  const sure = page.getByRole('region', { name: t(lang, 'chat.end.askQueue') });
  await sure.getByRole('button', { name: t(lang, 'chat.end.leaveQueue') }).click();
  await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeVisible();
}

export async function say(page: Page, label: string, text: string) {
  await page.getByRole('textbox', { name: label }).fill(text);
  await page.keyboard.press('Enter');
}

/** The adviser's page with this citizen's contact in hand; others that an earlier failure left are closed. */
export async function takeNext(desk: Page, citizen: Page | Frame, lang: Lang = 'fi') {
  await desk.goto(`/${authorityOf(citizen)}/desk?lang=${lang}`);
  await desk.getByRole('button', { name: t(lang, 'desk.presence.present') }).click();
  const wanted = await handleOf(citizen);
  for (let tries = 0; tries < 10; tries++) {
    await expect(desk.getByRole('button', { name: has(lang, 'desk.queues.takeFrom') }).first()).toBeVisible();
    await desk.getByRole('button', { name: t(lang, 'desk.takeNext'), exact: true }).click();
    await expect(desk.getByRole('log')).toBeVisible();
    const heading = desk.getByRole('heading', { level: 1 });
    if ((await heading.innerText()).endsWith(wanted)) return;
    await closeContact(desk, lang);
    await desk.goto(`/${authorityOf(citizen)}/desk?lang=${lang}`);
  }
  throw new Error('the citizen’s contact never came to the front of the queue');
}

/** What an adviser calls the contact by. */
export async function handleOf(citizen: Page | Frame): Promise<string> {
  const contact = await citizen.evaluate(() => {
    const saved = Object.keys(sessionStorage).find((key) => !key.endsWith(':draft')) ?? '';
    return (JSON.parse(sessionStorage.getItem(saved) ?? '{}') as { contact?: string }).contact ?? '';
  });
  return contact.slice(-4).toUpperCase();
}

const authorityOf = (page: Page | Frame) => new URL(page.url()).pathname.split('/')[1] || 'dvv';

/** Closes what is in hand with the first topic there is. */
export async function closeContact(desk: Page, lang: Lang = 'fi') {
  await desk.getByRole('button', { name: t(lang, 'desk.head.close') }).click();
  const form = desk.getByRole('form', { name: t(lang, 'desk.close.title') });
  const topic = form.getByLabel(t(lang, 'desk.close.topic'), { exact: true });
  if (await topic.isVisible()) await topic.selectOption({ index: 1 });
  await form.getByRole('button', { name: t(lang, 'desk.close.do') }).click();
  await expect(form).toBeHidden();
}
