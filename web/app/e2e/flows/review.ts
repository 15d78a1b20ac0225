import { expect, type Page } from '@playwright/test';
import { has, staff, t } from '../demo';
import { forward } from '../time';
import { address, field, type Flow, office, press, settled, type World } from './world';

const TEXTS = {
  ask: 'Hei! Olen Maija Meikäläinen, numeroni on 040 555 1234. Äitini Aune ei pääse kirjautumaan.',
  reply: 'Hei Maija! Täällä Aino Esimerkki. Aune voi asioida valtuutuksella.',
};

/** A sample is drawn, one of it marked and put forward to training, where an adviser sees it. */
export const reviewing: Flow = async (world) => {
  const { lang, at } = world;
  await settledChats(world, 8);
  const page = await office(world, 'quality_reviewer', '/review');
  await at('review', page);
  await drawSample(world, page);
  await at('review-drawn', page);
  await press(page, lang, 'review.draw.do');
  await expect(page.getByRole('alert')).toBeVisible();
  await at('review-too-soon', page);
  const log = await openOne(world, page);
  await expect(log.getByText(/Maija|Aune|Aino|555/)).toHaveCount(0);
  await press(page, lang, 'review.mark.do');
  await at('review-contact', page);
  await mark(world, page);
  await press(page, lang, 'review.train.open');
  await page.getByRole('button', { name: 'valtuutuksella.' }).click();
  await press(page, lang, 'review.train.do');
  await expect(page.getByText(t(lang, 'review.train.notSure'))).toBeVisible();
  await at('review-train', page);
  await page.getByRole('checkbox').check({ force: true });
  await press(page, lang, 'review.train.do');
  await expect(page.getByText(t(lang, 'review.train.done'))).toBeVisible();
  await at('review-trained', page);
  await page.context().close();
  await training(world);
};

/** Opens one of those that were held here; chance may have drawn the demo's own as well. */
async function openOne({ lang }: World, page: Page) {
  const log = page.getByRole('region', { name: t(lang, 'review.contact.log') });
  for (let n = 1; n <= 5; n++) {
    await page.getByRole('button', { name: t(lang, 'review.samples.open', { n }) }).first().click();
    await expect(log).toBeVisible();
    if (await log.getByText(t(lang, 'review.contact.kinds.phone'), { exact: true }).isVisible()) return log;
    await press(page, lang, 'review.contact.back');
  }
  throw new Error('none of the drawn contacts was held here');
}

/** The program draws; nothing but service, purpose, time and size is said. */
export async function drawSample({ lang }: World, page: Page) {
  const before = await page.getByRole('table').count();
  await field(page, lang, 'review.draw.service').selectOption('citizens-advice');
  await press(page, lang, 'review.draw.do');
  await expect(page.getByText(has(lang, 'review.draw.done'))).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(before + 1);
}

/** Every question is answered with yes. */
export async function mark({ lang, at }: World, page: Page) {
  const yes = page.getByRole('radio', { name: t(lang, 'review.mark.values.yes'), exact: true });
  for (let i = 0; i < 4; i++) await yes.nth(i).check({ force: true });
  await press(page, lang, 'review.mark.do');
  await expect(page.getByText(t(lang, 'review.mark.done'))).toBeVisible();
  await at('review-marked', page);
}

async function training(world: World) {
  const { lang, at, browser, size } = world;
  const adviser = await staff(browser, 'adviser', { nth: 1, size });
  await adviser.goto(address('/review/training', lang));
  await settled(adviser);
  await at('training', adviser);
  await adviser.getByRole('button', { name: has(lang, 'review.training.open') }).last().click();
  await expect(adviser.getByText(t(lang, 'review.contact.kinds.by_hand'), { exact: true })).toBeVisible();
  await at('training-example', adviser);
  await adviser.context().close();
  const reviewer = await office(world, 'quality_reviewer', '/review/training');
  await at('training-reviewer', reviewer);
  await reviewer.getByRole('button', { name: has(lang, 'review.training.end') }).last().click();
  await expect(reviewer.getByText(t(lang, 'review.training.ended'))).toBeVisible();
  await at('training-ended', reviewer);
  await reviewer.context().close();
}

/** Chats that were held and closed, and a week of the demo's time, after which they are settled. */
export async function settledChats({ browser, lang }: World, count: number) {
  const desk = await staff(browser, 'adviser');
  await desk.goto(address('/desk', lang));
  await settled(desk);
  await desk.evaluate(hold, { count, texts: TEXTS });
  await desk.context().close();
  await forward(browser, 8);
}

/** Runs in the adviser's page: a citizen asks by a token of their own, the adviser answers and closes. */
async function hold({ count, texts }: { count: number; texts: typeof TEXTS }) {
  const id = () => crypto.randomUUID();
  const call = async (method: string, path: string, body: object, token?: string) => {
    const headers = { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`/dvv/api${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : ((await answer.json()) as Record<string, string>);
  };
  await call('POST', '/desk/presence', { state: 'present' });
  for (let i = 0; i < count; i++) {
    const { contact, token } = await call('POST', '/chat/contacts', { service: 'citizens-advice', lang: 'fi', client_id: id() });
    const at = `/desk/contacts/${contact}`;
    await call('POST', `${at}/take`, {});
    await call('POST', `/chat/contacts/${contact}/messages`, { client_id: id(), text: texts.ask, lang: 'fi' }, token);
    await call('POST', `${at}/messages`, { client_id: id(), text: texts.reply, lang: 'fi', kind: 'reply' });
    await call('POST', `${at}/close`, { topic: 'e-services', outcome: 'answered' });
  }
}
