import { expect, type Page } from '@playwright/test';
import { t, totp } from '../demo';
import { fresh, type Instance } from '../server';
import { field, type Flow, open, press, settled, type World } from './world';

const PASSWORD = 'neljä sanaa ilman yhteyttä 47';

/** The first start of an instance of its own, each step wrong and right, and its first administrator's way in. */
export const firstStart: Flow = async (world) => {
  const instance = await fresh();
  try {
    const page = await open(world);
    await steps(world, page, instance);
    await page.context().close();
  } finally {
    await instance.remove();
  }
};

async function steps(world: World, page: Page, instance: Instance) {
  const { lang, at } = world;
  const to = (path: string) => page.goto(`${instance.base}${path}?lang=${lang}`);
  /** Goes on without an answer first, where that is wrong. */
  const step = async (name: string, answer: () => Promise<void>, wrong = true) => {
    if (wrong) await press(page, lang, 'setup.next');
    await at(`setup-${name}`, page);
    await answer();
    const before = await page.getByRole('heading', { level: 1 }).innerText();
    await press(page, lang, 'setup.next');
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(before);
  };
  const write = (of: Parameters<typeof field>[2], text: string) => field(page, lang, of).fill(text);
  const three = async (name: string, text: string) => {
    for (const each of ['fi', 'sv', 'en']) await page.locator(`[name="${name}.${each}"]`).fill(text);
  };

  await to('/setup');
  await settled(page);
  await at('setup-code', page);
  await write('setup.code.code', 'AAAA-AAAA-AAAA');
  await press(page, lang, 'setup.next');
  await expect(page.getByRole('textbox', { name: t(lang, 'setup.code.code') })).toBeFocused();
  await step('code-wrong', () => write('setup.code.code', instance.code), false);
  await step('account', async () => {
    await write('setup.account.username', 'paula');
    await write('setup.account.name', 'Paula Esimerkki');
    await write('setup.account.password', PASSWORD);
    await write('setup.account.again', PASSWORD);
  });
  await step('authority', () => three('authority.name', 'Mallila'));
  await step('contacts', async () => {
    await write('setup.contacts.address', 'PL 1, 99999 Mallila');
    await write('setup.contacts.email', 'kirjaamo@mallila.example.fi');
    await write('setup.contacts.dpo', 'tietosuoja@mallila.example.fi');
  });
  await step('service', () => page.getByRole('radio').first().check({ force: true }));
  await press(page, lang, 'setup.topics.add');
  await step('topics', () => three('topics.0', 'Muutto'));
  await step('hours', async () => undefined, false);
  await step('adviser', async () => {
    await page.locator('[name="adviser.username"]').fill('aino');
    await page.locator('[name="adviser.name"]').fill('Aino Esimerkki');
  });
  await at('setup-check', page);
  await press(page, lang, 'setup.check.do');
  await expect(page.getByRole('heading', { name: t(lang, 'setup.done.title') })).toBeVisible();
  await at('setup-done', page);
  await to('/setup');
  await settled(page);
  await at('setup-already', page);
  await firstSignIn(world, page, instance);
}

/** The administrator has to set up the authenticator app, and is told of a clock that has leapt. */
async function firstSignIn({ lang, at }: World, page: Page, instance: Instance) {
  await page.goto(`${instance.base}/mallila/sign-in?lang=${lang}`);
  await field(page, lang, 'signin.username').fill('paula');
  await field(page, lang, 'signin.password').fill(PASSWORD);
  await press(page, lang, 'signin.submit');
  await press(page, lang, 'signin.account.enrol');
  await expect(page.getByRole('img')).toBeVisible();
  const secret = await page.getByText(t(lang, 'signin.account.secret')).locator('span').last().innerText();
  await at('account-must', page);
  await field(page, lang, 'signin.code').fill(totp(secret));
  await page.getByRole('button', { name: t(lang, 'signin.account.confirm') }).last().click();
  await page.waitForURL(/admin/);
  await settled(page);
  await at('admin-first', page);
  // The leap is told by the page's own server only: a real one takes longer than a test may.
  await page.route('**/api/admin/clock', async (route) => {
    const answer = await route.fetch();
    const clock = (await answer.json()) as { now: number };
    const alarm = { kind: 'jump', since: clock.now, from: clock.now - 4_000_000_000, to: clock.now };
    await route.fulfill({ response: answer, json: { ...clock, steady: false, alarm } });
  });
  await page.goto(`${instance.base}/mallila/admin/keys?lang=${lang}`);
  await settled(page);
  await expect(page.getByRole('button', { name: t(lang, 'admin.clock.settle') })).toBeVisible();
  await press(page, lang, 'admin.clock.settle');
  await at('admin-keys-alarm', page);
}
