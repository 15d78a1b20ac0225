import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import * as flows from './flows';
import { verdicts } from './verdicts';
import { atEachWidth, NARROW, WIDE } from './widths';

type Checked = Awaited<ReturnType<AxeBuilder['analyze']>>['incomplete'];

/**
 * Rules of WCAG 2.1 A and AA and axe's own good practice, over everything in the page. Its legacy mode
 * opens no second page for the result, which only frames would need; the pages have none. It stays in a
 * page: putting it in again would take longer than asking it. What passes is not asked for.
 */
async function analyze(page: Page) {
  const there = page.frames().length === 1 && (await page.evaluate(() => 'axe' in window));
  const axe = new AxeBuilder({ page, ...(there && { axeSource: 'axe' }) }).setLegacyMode();
  return axe.options({ resultTypes: ['violations', 'incomplete'] }).analyze();
}

async function check(name: string, page: Page) {
  const { violations, incomplete } = await analyze(page);
  expect.soft(told(violations), `violations at ${name}`).toEqual([]);
  expect.soft(told(withoutVerdict(incomplete)), `undecided at ${name}`).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(over, `wider than the window at ${name}`).toBeLessThanOrEqual(0);
  for (const target of toCompute(incomplete))
    expect.soft(await page.locator(target).evaluate(contrast), `contrast of ${target} at ${name}`).toBeGreaterThanOrEqual(4.5);
}

/** The elements whose verdict stands only with a computed contrast. */
const toCompute = (results: Checked) =>
  results.flatMap(({ id, nodes }) =>
    nodes.filter((node) => verdicts.some(({ rule, because, contrast }) => contrast && rule === id && because.test(messages(node)))).map(({ target }) => String(target[0])),
  );

/**
 * The contrast of a text with the first ground behind it that is not transparent, at the worst place of a
 * gradient (WCAG 2.1, relative luminance).
 */
function contrast(element: Element): number {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const colours = ({ backgroundImage, backgroundColor }: CSSStyleDeclaration) =>
    [...(backgroundImage.match(/rgba?\([^)]*\)/g) ?? [backgroundColor])].filter((colour) => channels(colour)[3] !== 0);
  let ground: Element | null = element;
  while (ground && colours(getComputedStyle(ground)).length === 0) ground = ground.parentElement;
  const front = luminance(getComputedStyle(element).color);
  const behind = (ground ? colours(getComputedStyle(ground)) : ['rgb(255, 255, 255)']).map(luminance);
  return Math.min(...behind.map((back) => (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05)));
}

function withoutVerdict(results: Checked): Checked {
  return results
    .map((result) => ({ ...result, nodes: result.nodes.filter((node) => !decided(result.id, messages(node))) }))
    .filter(({ nodes }) => nodes.length > 0);
}

const messages = ({ any, all, none }: Checked[number]['nodes'][number]) =>
  [...any, ...all, ...none].map(({ message }) => message).join(' ');

const decided = (id: string, message: string) => verdicts.some(({ rule, because }) => rule === id && because.test(message));

const told = (results: Checked) =>
  results.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${messages(node)}`));

for (const [name, flow] of Object.entries(flows))
  test(`axe finds nothing: ${name}`, async ({ browser }) => {
    test.setTimeout(240_000);
    await flow({ browser, lang: 'fi', size: { viewport: WIDE }, at: (state, page) => atEachWidth(page, ({ width }) => check(`${state} at ${width}`, page)) });
  });

for (const lang of ['sv', 'en'] as const)
  test(`axe finds nothing: the first steps, in ${lang}`, async ({ browser }) => {
    test.setTimeout(240_000);
    await flows.firstSteps({ browser, lang, size: { viewport: WIDE }, at: (state, page) => atEachWidth(page, ({ width }) => check(`${state} at ${width}`, page)) });
  });

for (const lang of ['sv', 'en'] as const)
  test(`axe finds nothing: the way in, in ${lang}`, async ({ browser }) => {
    await flows.starting({ browser, lang, size: { viewport: NARROW }, at: check });
  });

test('axe would see a fault (control)', async ({ page }) => {
  await page.setContent('<html lang="fi"><title>x</title><main><h1>x</h1><img src="data:,"><p style="color:#999">heikko</p></main>');
  for (const each of ['for the first time', 'again']) {
    const { violations } = await analyze(page);
    expect(violations.map(({ id }) => id), each).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']));
  }
});
