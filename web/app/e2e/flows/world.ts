import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { has, type Lang, staff, t } from '../demo';
import type { Key } from '../../src/text/lookup';

/** One way through the program, stopping at every state that somebody may meet. */
export interface World {
  browser: Browser;
  lang: Lang;
  size: BrowserContextOptions;
  /** Called at each state, once it has settled. Names are unique over all flows. */
  at: (name: string, page: Page) => Promise<void>;
}

export type Flow = (world: World) => Promise<void>;

export const AUTHORITY = 'dvv';
/** An address of the demo's authority in a language. */
export const address = (path: string, lang: Lang) => `/${AUTHORITY}${path}?lang=${lang}`;

/** A stranger's window. */
export async function open(world: World): Promise<Page> {
  return (await world.browser.newContext({ ...world.size, locale: world.lang })).newPage();
}

/** Presses the button whose name is the text of `key`, or begins with it where it says more. */
export async function press(page: Page, lang: Lang, key: Key) {
  await page.getByRole('button', { name: has(lang, key) }).first().click();
}

/** The field whose label is the text of `key`. */
export const field = (page: Page, lang: Lang, key: Key) => page.getByLabel(t(lang, key), { exact: true });

/** What stands beside the term of `key` in a list of facts. */
export const fact = async (page: Page, lang: Lang, key: Key) =>
  (await page.getByText(t(lang, key), { exact: true }).and(page.locator('dt')).first().locator('xpath=following-sibling::dd[1]').innerText()).trim();

/** Chooses the radio button; its own circle lies under its label's drawing. */
export const choose = (page: Page, lang: Lang, key: Key) => page.getByRole('radio', { name: t(lang, key), exact: true }).check({ force: true });

/** Waits until the page says what it is about and nothing is being fetched. */
export async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

type Role = Parameters<typeof staff>[1];

/** A page of somebody with this role, settled. Its context is the caller's to close. */
export async function office({ browser, lang, size }: World, role: Role, path: string): Promise<Page> {
  const page = await staff(browser, role, { size });
  await page.goto(address(path, lang));
  await settled(page);
  return page;
}

/** What the citizen and the adviser say. */
export const LINES: Record<Lang, { ask: string; answer: string; note: string; reason: string }> = {
  fi: { ask: 'Hei! Mistä haen uuden passin, kun vanha on kadonnut?', answer: 'Passin myöntää poliisi. Ilmoita ensin katoamisesta ja varaa aika: https://poliisi.example.fi/passi.', note: 'Kysyi samaa aiemmin puhelimessa.', reason: 'Asiakas palasi asiaan' },
  sv: { ask: 'Hej! Var ansöker jag om ett nytt pass när det gamla har försvunnit?', answer: 'Pass beviljas av polisen. Anmäl först förlusten och boka en tid: https://poliisi.example.fi/pass.', note: 'Frågade samma sak per telefon.', reason: 'Kunden återkom till ärendet' },
  en: { ask: 'Hello! Where do I apply for a new passport when the old one is lost?', answer: 'Passports are issued by the police. Report the loss first and book a time: https://poliisi.example.fi/en.', note: 'Asked the same by telephone.', reason: 'The citizen came back to the matter' },
};
