import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { styleSheet } from './infra/bundled/style-sheets.ts';

/** Style sheets as bundles hold them, out of sight of Vite's own way with files that end in `.css`. */
const sheets: Plugin = {
  name: 'style-sheets-as-text',
  enforce: 'pre',
  resolveId: (id, importer) => (id.endsWith('.css') && importer ? `\0${join(importer, '..', id)}.js` : undefined),
  load: async (id) =>
    id.startsWith('\0') && id.endsWith('.css.js')
      ? `export default ${JSON.stringify(await styleSheet(id.slice(1, -'.js'.length)))};`
      : undefined,
};

export default defineConfig({
  plugins: [sheets],
  test: {
    include: ['test/{unit,integration,stack,browser,proof}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    // As long as a computer takes that is slow and has other things to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
