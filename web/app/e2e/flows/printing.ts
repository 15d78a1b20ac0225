import { expect, type Page } from '@playwright/test';
import { closeContact, has, type Lang, say, staff, startChat, t, takeNext } from '../demo';
import { forward } from '../time';
import { address, AUTHORITY, fact, field, type Flow, LINES, office, press, settled, type World } from './world';

const CASE = 'VN/1234/2026';
const WHY: Record<Lang, string> = { fi: 'Asiakas kiistää neuvon', sv: 'Kunden bestrider rådet', en: 'The customer disputes the advice' };

/** Printouts for a clarification, by an adviser and later by a lead, from the desk to the paper and, too late, to its end. */
export const printing: Flow = async (world) => {
  const desk = await guardianship(world);
  const paper = await print(world, desk);
  await paper.reload();
  await world.at('printout-again', paper);
  await paper.close();
  const lead = await earlier(world, await closed(world, desk));
  await (await print({ ...world, at: onlyAsked(world) }, lead)).close();
  await lead.context().close();
  await overdue(world, desk);
  await destroyed(world, desk);
  await desk.context().close();
};

/** Of what the adviser's desk was looked at for, the lead's page has one state of its own. */
const onlyAsked = ({ at }: World): World['at'] => async (name, page) => {
  if (name === 'desk-print') await at('search-print', page);
};

/** Closes what is in hand; gives its reference code, as the desk then tells it. */
export async function closed({ lang }: World, desk: Page): Promise<string> {
  await closeContact(desk, lang);
  return fact(desk, lang, 'desk.facts.reference');
}

/** A lead's page with an earlier contact open that was found by its code, to see what was done there. */
export async function earlier(world: World, code: string): Promise<Page> {
  const { lang } = world;
  const lead = await office(world, 'lead', '/desk/search');
  await field(lead, lang, 'desk.search.service').selectOption('guardianship-chat');
  await field(lead, lang, 'staff.purpose').selectOption('supervision');
  await field(lead, lang, 'staff.reason').fill(WHY[lang]);
  await field(lead, lang, 'desk.search.value').fill(code);
  await lead.getByRole('button', { name: t(lang, 'desk.search.do'), exact: true }).click();
  await press(lead, lang, 'desk.search.open');
  await expect(lead.getByRole('log')).toBeVisible();
  return lead;
}

/** A paper that nobody has destroyed in time: its maker is told at the desk, the lead in the overview. */
async function overdue(world: World, desk: Page) {
  const { lang, at, browser } = world;
  await forward(browser, 15);
  await desk.goto(address('/desk', lang));
  const lead = await office(world, 'lead', '/lead');
  for (const [name, page] of [['desk', desk], ['lead', lead]] as const) {
    await expect(page.getByText(t(lang, 'desk.printouts.due'))).toBeVisible();
    await expect(page.getByText(has(lang, 'desk.printouts.overdue'))).toBeVisible();
    await at(`${name}-printouts-overdue`, page);
  }
  await lead.context().close();
}

/** A conversation that its adviser has in hand, under the notice that declares printing. */
export async function guardianship({ browser, lang, size }: World): Promise<Page> {
  const citizen = await browser.newPage();
  await startChat(citizen, { lang, service: 'guardianship-chat' });
  await say(citizen, t(lang, 'chat.write.label'), LINES[lang].ask);
  const desk = await staff(browser, 'adviser', { size });
  await takeNext(desk, citizen, lang);
  await citizen.close();
  return desk;
}

/** Refused without a case number, then made; gives the page that goes on paper. */
export async function print({ lang, at }: World, desk: Page): Promise<Page> {
  await press(desk, lang, 'desk.head.print');
  await at('desk-print', desk);
  await press(desk, lang, 'desk.print.do');
  await expect(field(desk, lang, 'desk.print.number')).toBeFocused();
  await at('desk-print-refused', desk);
  await field(desk, lang, 'desk.print.number').fill(CASE);
  await field(desk, lang, 'staff.reason').fill(WHY[lang]);
  await press(desk, lang, 'desk.print.do');
  await expect(desk.getByRole('heading', { name: has(lang, 'desk.print.ready') })).toBeFocused();
  await at('desk-print-ready', desk);
  const coming = desk.context().waitForEvent('page');
  await press(desk, lang, 'desk.print.open');
  const paper = await coming;
  await paper.waitForLoadState();
  await expect(paper.getByRole('heading', { level: 1 })).toBeVisible();
  await at('printout-page', paper);
  await paper.emulateMedia({ media: 'print' });
  await expect(paper.getByRole('complementary')).toBeHidden();
  await at('printout-paper', paper);
  await paper.emulateMedia({ media: null });
  await expect(desk.getByText(t(lang, 'desk.print.opened'))).toBeVisible();
  await press(desk, lang, 'desk.print.leave');
  return paper;
}

/** The newest paper is marked as destroyed in the list, which the lead sees. */
async function destroyed(world: World, desk: Page) {
  const { lang, at } = world;
  const list = await desk.context().newPage();
  await list.goto(desk.url().replace('/desk?', '/desk/printouts?'));
  await settled(list);
  await at('printouts', list);
  await list.getByRole('button', { name: has(lang, 'desk.printouts.endOf') }).first().click();
  await at('printouts-sure', list);
  await list.getByRole('button', { name: has(lang, 'desk.printouts.yesOf') }).click();
  await expect(list.getByText(has(lang, 'desk.printouts.ended'))).toBeVisible();
  await at('printouts-destroyed', list);
  const lead = await office(world, 'lead', '/desk/printouts');
  await expect(lead.getByRole('cell', { name: CASE }).first()).toBeVisible();
  await at('printouts-lead', lead);
  await endAll(lead);
  await lead.context().close();
}

/** Marks every paper that is still out, so that nothing is warned of any more. */
async function endAll(lead: Page) {
  const api = `/${AUTHORITY}/api/printouts`;
  const { printouts } = (await (await lead.request.get(api)).json()) as { printouts: { id: string; may_end: boolean }[] };
  for (const { id } of printouts.filter((one) => one.may_end)) {
    const answer = await lead.request.post(`${api}/${id}/destroyed`);
    expect(answer.ok(), await answer.text()).toBe(true);
  }
}
