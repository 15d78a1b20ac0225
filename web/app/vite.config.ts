import { defineConfig } from 'vitest/config';
import { className } from './css-names';
import { textSections } from './text-sections';

/** Where `npm run dev` finds a running server. The page of a chat is the server's, with the front end that was built into it. */
const SERVER = process.env.LUUKKU_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/app/',
  plugins: [textSections()],
  css: { modules: { generateScopedName: className } },
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
      ['^/[^/]+/api/', '^/api/', '^/[^/]+/chat/', '^/app/assets/'].map((path) => [path, { target: SERVER, ws: true }]),
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
