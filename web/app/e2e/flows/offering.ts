import { expect, type Page } from '@playwright/test';
import { closeContact, has, staff, startChat, t } from '../demo';
import { address, type Flow, office, open, press, settled, type World } from './world';

/** The queue of another service than the other flows use, so that what is set here disturbs nobody. */
const SERVICE = 'guardianship-chat';

/** The lead has a queue offered and a limit warned of; an adviser is offered a contact; what each adviser is offered. */
export const offering: Flow = async (world) => {
  const { lang, at, browser, size } = world;
  const lead = await office(world, 'lead', '/lead/services');
  await routing(lead, world, '5', '1');
  await expect(lead.getByLabel(t(lang, 'lead.routing.offerS'))).toHaveAttribute('aria-invalid', 'true');
  await at('lead-routing-refused', lead);
  await lead.getByLabel(t(lang, 'lead.routing.offerS')).fill('60');
  await press(lead, lang, 'staff.save');
  await expect(lead.getByText(t(lang, 'lead.routing.saved'), { exact: true })).toBeVisible();
  await at('lead-routing', lead);

  const desk = await staff(browser, 'adviser', { size });
  await present(desk, lang);
  const citizen = await open(world);
  await startChat(citizen, { service: SERVICE, lang });
  await expect(desk.getByRole('button', { name: t(lang, 'desk.offer.take') })).toBeVisible({ timeout: 90_000 });
  await at('desk-offer', desk);
  await lead.goto(address('/lead', lang));
  await settled(lead);
  await expect(lead.getByText(t(lang, 'lead.warn.title'))).toBeVisible();
  await at('lead-warned', lead);
  await desk.getByRole('button', { name: t(lang, 'desk.offer.decline') }).click();
  await expect(desk.getByText(t(lang, 'desk.offer.declined'))).toBeVisible();
  await at('desk-offer-declined', desk);
  await desk.getByRole('button', { name: t(lang, 'desk.presence.present') }).click();
  await desk.getByRole('button', { name: t(lang, 'desk.offer.take') }).click({ timeout: 90_000 });
  await expect(desk.getByRole('log')).toBeVisible();
  await closeContact(desk, lang);
  await desk.context().close();
  await citizen.context().close();

  await lead.goto(address('/lead/services', lang));
  await settled(lead);
  await routing(lead, world, '30', '0');
  await expect(lead.getByText(t(lang, 'lead.routing.saved'), { exact: true })).toBeVisible();
  await advisers(lead, world);
  await lead.context().close();
};

async function present(desk: Page, lang: World['lang']) {
  await desk.goto(address('/desk', lang));
  await settled(desk);
  await desk.getByRole('button', { name: t(lang, 'desk.presence.present') }).click();
}

/** Writes the routing of the last service, turning the offers of its queue in this language on or off, and saves. */
async function routing(lead: Page, { lang }: World, seconds: string, waiting: string) {
  await lead.getByRole('button', { name: has(lang, 'lead.routing.editOf') }).last().click();
  const offered = lead.getByRole('checkbox', { name: t(lang, `shared.languages.${lang}`), exact: true });
  await offered.click({ force: true });
  await lead.getByLabel(t(lang, 'lead.routing.offerS')).fill(seconds);
  await lead.getByLabel(t(lang, 'lead.routing.waitingN')).fill(waiting);
  await press(lead, lang, 'staff.save');
}

async function advisers(lead: Page, { lang, at }: World) {
  await lead.goto(address('/lead/advisers', lang));
  await settled(lead);
  await at('lead-advisers', lead);
  await lead.getByRole('button', { name: has(lang, 'lead.advisers.editOf') }).first().click();
  await at('lead-adviser', lead);
  await press(lead, lang, 'staff.save');
  await expect(lead.getByText(has(lang, 'lead.advisers.saved'))).toBeVisible();
}
