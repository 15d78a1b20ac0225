import { defineConfig } from '@playwright/test';
import { browser } from './browser';

/** The program as people meet it: a running demo (LUUKKU_BASE) in a real Chromium. */
export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  // One demo is shared and its queues are few: one test at a time, in the order of the files.
  workers: 1,
  // Two halves that take about as long: scripts/browser runs them beside each other, each against a demo of its own.
  projects: [
    { name: 'states', testMatch: 'axe.spec.ts' },
    { name: 'ways', testMatch: '*.spec.ts', testIgnore: 'axe.spec.ts' },
  ],
  // A busy machine may be slower than any patience: a test counts as failed when it fails twice. One
  // that needed the second time is told of as flaky, and is to be mended.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: browser,
});
