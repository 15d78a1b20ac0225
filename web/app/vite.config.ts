import { defineConfig } from 'vitest/config';
import { textSections } from './text-sections';

/** Where `npm run dev` finds a running server. */
const SERVER = process.env.LUUKKU_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/app/',
  plugins: [textSections()],
  html: { cspNonce: '{{.Nonce}}' },
  build: {
    target: 'es2022',
    manifest: true,
    // A data: font or script would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(
      ['^/[^/]+/api/', '^/api/'].map((path) => [path, { target: SERVER, ws: true }]),
    ),
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'widget/**/*.test.ts', 'rules/**/*.test.js'],
    setupFiles: ['src/setup-tests.ts'],
    restoreMocks: true,
    // Generous: a busy machine is slow, and no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
