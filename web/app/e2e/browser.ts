import type { PlaywrightTestConfig } from '@playwright/test';

/** Debian's Chromium: nothing is downloaded for the tests. */
export const browser: PlaywrightTestConfig['use'] = {
  baseURL: process.env.LUUKKU_BASE ?? 'http://localhost:8080',
  locale: 'fi-FI',
  timezoneId: 'Europe/Helsinki',
  viewport: { width: 1280, height: 800 },
  // A button that does not come is told of soon, and where.
  actionTimeout: 20_000,
  navigationTimeout: 20_000,
  launchOptions: {
    executablePath: process.env.LUUKKU_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};
