import { type Browser, expect, type Frame, type Locator, type Page, test } from '@playwright/test';
import { leave, t } from './demo';
import { allow, type Site, site } from './site';

const SERVICE = 'citizens-advice';
const RUNS = 5;
/** In ms. A busy machine misses it; the figure is for a quiet one. */
const LIMIT = 2_000;
/** A telephone on slow 4G, as Lighthouse defines it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; a processor a quarter as fast. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const PROCESSOR = 4;

let town: Site;

test.beforeAll(async ({ browser }, { project }) => {
  const base = project.use.baseURL ?? '';
  town = await site(base, `<script src="${base}/dvv/widget.js" data-service="${SERVICE}" data-lang="fi" async></script>`, 'localhost', 'body { margin: 0 }');
  await allow(browser, SERVICE, [town.origin]);
});

test.afterAll(async ({ browser }) => {
  await allow(browser, SERVICE, []);
  await town.end();
});

/** A telephone that has never seen the service. */
async function telephone(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'fi-FI' })).newPage();
  const control = await page.context().newCDPSession(page);
  await control.send('Network.enable');
  await control.send('Network.emulateNetworkConditions', SLOW);
  await control.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR });
  return page;
}

/** The time, in ms, until something can be seen. */
async function until(seen: Locator, act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await Promise.all([act(), seen.waitFor()]);
  return performance.now() - began;
}

/** The machine's part of a first message: until it can be begun, until it can be written, until the server has it. */
async function first(of: Page | Frame, open: () => Promise<unknown>): Promise<number[]> {
  const begin = of.getByRole('button', { name: t('fi', 'chat.start.begin') });
  const write = of.getByRole('textbox', { name: t('fi', 'chat.write.label') });
  const opened = await until(begin, open);
  const begun = await until(write, () => begin.click());
  await write.fill('Hei, mistä haen passin?');
  const sent = await until(of.getByText(t('fi', 'chat.progress.sent')), () => of.getByRole('button', { name: t('fi', 'chat.write.send') }).click());
  return [opened, begun, sent];
}

const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

function tell(what: string, runs: number[][]) {
  const [opened, begun, sent] = [0, 1, 2].map((i) => median(runs.map((run) => run[i] ?? 0)));
  const whole = median(runs.map((run) => run.reduce((sum, part) => sum + part, 0)));
  console.log(`\n${what}: first message after ${Math.round(whole)} ms (opened ${Math.round(opened ?? 0)}, begun ${Math.round(begun ?? 0)}, at the server ${Math.round(sent ?? 0)}; ${LIMIT} is the aim); median of ${runs.length}`);
}

test('a first message from a slow telephone, on the chat’s own page', async ({ browser }) => {
  const runs: number[][] = [];
  for (let i = 0; i < RUNS; i++) {
    const page = await telephone(browser);
    runs.push(await first(page, () => page.goto(`/dvv/chat/${SERVICE}?lang=fi`, { waitUntil: 'commit' })));
    await leave(page);
    await page.context().close();
  }
  tell('slow telephone, own page', runs);
});

test('a first message from a slow telephone, by the widget', async ({ browser }) => {
  const runs: number[][] = [];
  for (let i = 0; i < RUNS; i++) {
    const page = await telephone(browser);
    await page.goto(`${town.origin}/yksi`);
    await page.getByRole('button', { name: 'Chat' }).click();
    const chat = await frameOf(page);
    runs.push(await first(chat, async () => undefined));
    await page.context().close();
  }
  tell('slow telephone, widget', runs);
});

async function frameOf(page: Page): Promise<Frame> {
  await page.locator('iframe').waitFor({ state: 'attached' });
  await expect.poll(() => page.frames().length).toBe(2);
  return page.frames()[1]!;
}
