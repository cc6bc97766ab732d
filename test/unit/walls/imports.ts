import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(import.meta.dirname, '..', '..', '..');

/** One import or re-export, `import()` included. */
export interface Import {
  /** From the root of the project: `shared/booking/book.ts`. */
  from: string;
  /** A file from the root of the project, or a package as it is written: `node:crypto`, `zod`. */
  to: string;
  isFile: boolean;
  /** Gone at run time. */
  isType: boolean;
  /** Names as the other file calls them, without `type`: `['Binding', 'bind']`. None for `*`, `import()` and a default. */
  names: readonly string[];
}

const namesIn = (clause: string): string[] =>
  (/\{(?<names>[^}]*)\}/.exec(clause)?.groups?.['names'] ?? '')
    .split(',')
    .map((name) =>
      name
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s.*$/, ''),
    )
    .filter((name) => name !== '');

const rooms = ['shared', 'functions', 'infra', 'web', 'events', 'test'];

/** Folder of the root in which a file lies. */
export const roomOf = (file: string): string => file.split('/')[0] ?? '';

/** Whoever reads and writes the items of one entity bears this name, at any depth. */
export const isStore = (file: string): boolean => /^shared\/.+store\.ts$/.test(file);

/** Every source file of the project. */
export const sourceFiles = (): string[] =>
  rooms
    .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((f) => join(room, f)))
    .filter((file) => /\.tsx?$/.test(file))
    .sort();

/** The source without its comments; strings stay. */
export const codeOf = (file: string): string =>
  readFileSync(join(root, file), 'utf8').replace(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, text: string | undefined) => text ?? ' ',
  );

const statement = /^(?:import|export)\b(?<clause>[^;'"]*?)\bfrom\s*['"](?<named>[^'"]+)['"]/gm;
const sideEffect = /^import\s*['"](?<named>[^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"`](?<named>[^'"`]+)['"`]/g;

/** Biome keeps statements at the beginning of a line and closes them with `;`, so that a pattern finds them all. */
export const importsOf = (file: string, code = codeOf(file)): Import[] =>
  [statement, sideEffect, dynamic].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(({ groups = {} }) => {
      const { clause = '', named = '' } = groups;
      const isFile = named.startsWith('.');
      return {
        from: file,
        to: isFile ? normalize(join(dirname(file), named)) : named,
        isFile,
        isType: /^\s+type\b/.test(clause),
        names: namesIn(clause),
      };
    }),
  );

export const allImports: readonly Import[] = sourceFiles().flatMap((file) => importsOf(file));
