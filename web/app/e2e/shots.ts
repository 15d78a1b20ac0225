import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { LANGS } from './demo';
import * as flows from './flows';

const FOLDER = process.env.LUUKKU_SHOTS ?? '../../shots';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
];

mkdirSync(FOLDER, { recursive: true });

// state.lang.width.png, each page in full.
for (const lang of LANGS)
  for (const viewport of SIZES)
    for (const [name, flow] of Object.entries(flows))
      test(`${name} in ${lang} at ${viewport.width}`, async ({ browser }) => {
        await flow({
          browser,
          lang,
          size: { viewport },
          at: async (state, page) => {
            const path = join(FOLDER, `${state}.${lang}.${viewport.width}.png`);
            await page.screenshot({ path, fullPage: true, animations: 'disabled' });
          },
        });
      });
