import { build, type Plugin } from 'esbuild';

/** The text of a style sheet: what it imports in its place, and nothing in it that browsers don't need. */
export const styleSheet = async (path: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  return outputFiles[0]?.text.trim() ?? '';
};

/** `import sheet from './sheet.css'` gives the sheet's text: pages carry it inline, known to their policy by its hash. */
export const styleSheetsAsText: Plugin = {
  name: 'style-sheets-as-text',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await styleSheet(path), loader: 'text' }));
  },
};
