import { expect, type Page } from '@playwright/test';
import { closeContact, has, type Lang, say, staff, startChat, t, takeNext } from '../demo';
import { field, type Flow, LINES, office, press, settled, type World } from './world';

const CASE = 'VN/1234/2026';
const WHY: Record<Lang, string> = { fi: 'Asiakas kiistää neuvon', sv: 'Kunden bestrider rådet', en: 'The customer disputes the advice' };

/** A printout for a clarification, from the desk to the paper and to its end. */
export const printing: Flow = async (world) => {
  const desk = await guardianship(world);
  const paper = await print(world, desk);
  await paper.close();
  await destroyed(world, desk);
  await closeContact(desk, world.lang);
  await desk.context().close();
};

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
  await lead.context().close();
}
