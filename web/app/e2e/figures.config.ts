import { defineConfig } from '@playwright/test';
import { browser } from './browser';

/** What is measured in Chromium; its figures are printed and stand in docs/operating.md. */
export default defineConfig({
  testDir: '.',
  testMatch: 'figures.ts',
  outputDir: 'results',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['line']],
  use: browser,
});
