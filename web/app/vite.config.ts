import { defineConfig } from 'vitest/config';
import { className } from './css-names';
import { textSections } from './text-sections';

/** Where `npm run dev` finds a running server. The page of a chat is the server's, with the front end that was built into it. */
const SERVER = process.env.LUUKKU_SERVER ?? 'http://127.0.0.1:8080';

/** Tests that need a page. Making one takes longer than most of the others' tests. */
const NEED_A_PAGE = ['src/**/*.test.tsx', 'src/{embed,first,staff}/*.test.ts', 'src/{chat/transcript,lead/snippet}.test.ts', 'widget/widget.test.ts'];

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
    projects: [
      { extends: true, test: { name: 'page', include: NEED_A_PAGE, environment: 'jsdom', setupFiles: ['src/setup-tests.ts'] } },
      { extends: true, test: { name: 'plain', include: ['src/**/*.test.ts', 'widget/**/*.test.ts', 'rules/**/*.test.js'], exclude: NEED_A_PAGE } },
    ],
    restoreMocks: true,
    // Generous: a busy machine is slow, and no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
