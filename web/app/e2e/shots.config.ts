import { defineConfig } from '@playwright/test';
import { browser } from './browser';

/** Pictures of every named state, in three languages and two widths, into LUUKKU_SHOTS. */
export default defineConfig({
  testDir: '.',
  testMatch: 'shots.ts',
  outputDir: 'results',
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: browser,
});
