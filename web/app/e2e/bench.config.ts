import { defineConfig } from '@playwright/test';
import { browser } from './browser';

/** What an adviser feels while a whole desk works; run by `luukku bench desk --while`. */
export default defineConfig({
  testDir: '.',
  testMatch: 'bench.ts',
  outputDir: 'results',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['line']],
  use: browser,
});
