import { defineConfig } from 'vite';
import { className } from '../../css-names';

/** One plain script and one style, which the server writes into the page of a chat. */
export default defineConfig({
  base: '/app/',
  publicDir: false,
  css: { modules: { generateScopedName: className } },
  build: {
    target: 'es2022',
    emptyOutDir: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: 'src/first/main.ts',
      output: {
        format: 'iife',
        entryFileNames: 'first/first.js',
        assetFileNames: ({ names }) => (names[0]?.endsWith('.css') ? 'first/first.css' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
});
