import { type Browser, expect } from '@playwright/test';
import { staff } from './demo';

const DAY = 86_400_000;

/** Moves the demo's time through so many nights; gives the moment at which it stands then. */
export async function forward(browser: Browser, days: number): Promise<Date> {
  const admin = await staff(browser, 'administrator');
  const answer = await admin.request.post('/dvv/api/admin/time', { data: { advance: `P${days}D` }, timeout: 60_000 });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { now } = (await answer.json()) as { now: number };
  await admin.context().close();
  return new Date(now);
}

/** Sees to it that the demo’s month does not end within so many days: what is told of a month is told when it is over. */
export async function monthWithRoom(browser: Browser, days: number) {
  const admin = await staff(browser, 'administrator');
  const { now } = (await (await admin.request.get('/dvv/api/admin/clock')).json()) as { now: number };
  await admin.context().close();
  const month = (at: number) => new Date(at).toLocaleDateString('en', { timeZone: 'Europe/Helsinki', month: 'long' });
  let nights = 0;
  while (month(now + nights * DAY) !== month(now + (nights + days) * DAY)) nights++;
  if (nights > 0) await forward(browser, nights);
}
