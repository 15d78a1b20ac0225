import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import { LANGS } from './demo';
import * as flows from './flows';
import { atEachWidth, WIDE } from './widths';

const FOLDER = process.env.LUUKKU_SHOTS ?? '../../shots';
mkdirSync(FOLDER, { recursive: true });

// state.lang.width.png, each page in full.
for (const lang of LANGS)
  for (const [name, flow] of Object.entries(flows))
    test(`${name} in ${lang}`, async ({ browser }) => {
      const take = async (state: string, page: Page) =>
        atEachWidth(page, async ({ width }) => {
          const path = join(FOLDER, `${state}.${lang}.${width}.png`);
          await page.screenshot({ path, fullPage: true, animations: 'disabled' });
        });
      await flow({ browser, lang, size: { viewport: WIDE }, at: take });
    });
