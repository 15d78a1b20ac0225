import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import * as flows from './flows';
import { verdicts } from './verdicts';

type Checked = Awaited<ReturnType<AxeBuilder['analyze']>>['incomplete'];

const WIDE = { viewport: { width: 1280, height: 800 } };
const NARROW = { viewport: { width: 320, height: 640 } };

/**
 * Rules of WCAG 2.1 A and AA and axe's own good practice, over everything in the page. Its legacy mode
 * opens no second page for the result, which only frames would need; the pages have none.
 */
async function check(name: string, page: Page) {
  const { violations, incomplete } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect.soft(told(violations), `violations at ${name}`).toEqual([]);
  expect.soft(told(withoutVerdict(incomplete)), `undecided at ${name}`).toEqual([]);
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
  for (const [width, size] of [['wide', WIDE], ['narrow', NARROW]] as const)
    test(`axe finds nothing: ${name}, ${width}`, async ({ browser }) => {
      test.setTimeout(240_000);
      await flow({ browser, lang: 'fi', size, at: check });
    });

for (const lang of ['sv', 'en'] as const)
  test(`axe finds nothing: the way in, in ${lang}`, async ({ browser }) => {
    await flows.starting({ browser, lang, size: WIDE, at: check });
  });

test('axe would see a fault (control)', async ({ page }) => {
  await page.setContent('<html lang="fi"><title>x</title><main><h1>x</h1><img src="data:,"><p style="color:#999">heikko</p></main>');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']));
});
