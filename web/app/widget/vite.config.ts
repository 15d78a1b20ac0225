import { defineConfig } from 'vite';
import { textSections } from '../text-sections';

/** One plain script without a module, a dependency or a style file: what authorities put on their own pages. */
export default defineConfig({
  plugins: [textSections()],
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist/widget',
    emptyOutDir: true,
    lib: { entry: 'widget/main.ts', formats: ['iife'], name: 'luukku', fileName: () => 'widget.js' },
  },
});
