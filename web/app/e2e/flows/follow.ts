import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Lang } from '../demo';
import { address, type World } from './world';

/** By what a person follows a request: its number and the code that they showed. */
export interface Asked {
  number: string;
  code: string;
}

/** A text of the pages that the server draws, as a pattern. */
function told(lang: Lang, key: string): RegExp {
  const all = JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../text/${lang}.json`), 'utf8')) as Record<string, string>;
  const text = all[key];
  if (!text) throw new Error(`the pages have no text ${key}`);
  return new RegExp(`^${text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
}

/** The page on which somebody sees how far their request has come, once it says so. It needs no script. */
export async function follow(world: World, page: Page, asked: Asked, state: string, name = state) {
  await look(world, page, asked);
  await expect(page.getByRole('status')).toHaveText(told(world.lang, `copy-state-${state}`));
  await world.at(`copy-status-${name}`, page);
}

/** A number and a code that do not belong together. */
export async function followWrong(world: World, page: Page, asked: Asked) {
  await look(world, page, asked);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('status')).toHaveCount(0);
  await world.at('copy-status-unknown', page);
}

async function look({ lang }: World, page: Page, { number, code }: Asked) {
  await page.goto(address('/copy-request/status', lang));
  await page.locator('#f-number').fill(number);
  await page.locator('#f-value').fill(code);
  await page.locator('button[type=submit]').click();
}
