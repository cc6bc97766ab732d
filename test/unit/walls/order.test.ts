import { expect, test } from 'vitest';
import { allImports, type Import, importsOf, isStore, roomOf, sourceFiles } from './imports.ts';
import { capabilityOf, levelOf, order } from './order.ts';

const files = sourceFiles();
const capabilities = [...new Set(files.flatMap((file) => capabilityOf(file) ?? []))];

/** One line for each import that breaks a wall, once, in the order of the alphabet. */
const linesOf = (imports: readonly Import[]): string[] =>
  [...new Set(imports.map(({ from, to }) => `${from} -> ${to}`))].sort();

test('every capability has one level', () => {
  const names: string[] = order.flat();
  expect(capabilities.filter((name) => levelOf(name) === undefined)).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

const goesUp = ({ from, to }: Import): boolean => {
  const [above, below] = [capabilityOf(from), capabilityOf(to)];
  if (above === undefined || below === undefined || above === below) return false;
  return (levelOf(below) ?? Number.POSITIVE_INFINITY) > (levelOf(above) ?? 0);
};

test('an import between capabilities only goes down, or sideways within a level', () => {
  expect(linesOf(allImports.filter(goesUp))).toEqual([]);
});

test.each([
  ['shared/booking/routes.ts', "import type { FrontDesk } from '../diary/front-desk.ts';"],
  ['shared/messages/send/recipients.ts', "export { waiting } from '../../waiting-list/wiring.ts';"],
  ['shared/audit/audit.ts', "const load = () => import('../contracts.ts');"],
  ['shared/platform/table/table.ts', "import { appointmentEntityName } from '../../entities.ts';"],
  ['shared/booking/book.ts', "import { unheardOf } from '../unheard-of/rules.ts';"],
])('in %s, `%s` would go up', (file, code) => {
  expect(importsOf(file, code).map(goesUp)).toEqual([true]);
});

/** Groups of nodes that reach each other, by Tarjan's algorithm. */
const circlesOf = (nodes: readonly string[], next: (node: string) => readonly string[]): string[][] => {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    lowest.set(node, index.size - 1);
    stack.push(node);
    for (const other of next(node)) {
      if (!index.has(other)) visit(other);
      if (stack.includes(other)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(other) ?? 0));
    }
    if (lowest.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node)).sort();
    if (group.length > 1 || next(node).includes(node)) found.push(group);
  };
  for (const node of nodes) if (!index.has(node)) visit(node);
  return found;
};

test('capabilities of one level do not import each other in a circle', () => {
  const pairs = allImports
    .filter((each) => !goesUp(each))
    .flatMap(({ from, to }) => {
      const [above, below] = [capabilityOf(from), capabilityOf(to)];
      return above && below && above !== below ? [[above, below] as const] : [];
    });
  const next = (name: string) => pairs.filter(([above]) => above === name).map(([, below]) => below);
  expect(circlesOf(capabilities, next)).toEqual([]);
});

test('a circle would be found', () => {
  const next: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['e'] };
  expect(circlesOf(Object.keys(next), (node) => next[node] ?? [])).toEqual([['a', 'b', 'c'], ['e']]);
});

const reachesIntoStore = ({ from, to }: Import): boolean =>
  roomOf(from) === 'shared' && isStore(to) && capabilityOf(from) !== capabilityOf(to);

test('a capability never imports the store of another, at any depth', () => {
  expect(linesOf(allImports.filter(reachesIntoStore))).toEqual([]);
});

test.each([
  ['shared/booking/book.ts', "import type {\n  ClientRecord,\n} from '../clients/store.ts';"],
  ['shared/waiting-list/offers/offers.ts', "import { blocks } from '../../diary/blocks/store.ts';"],
])('in %s, `%s` would reach into a store', (file, code) => {
  expect(importsOf(file, code).map(reachesIntoStore)).toEqual([true]);
});

const bindsHere = ({ from, to, names }: Import): boolean =>
  roomOf(from) === 'shared' &&
  to.startsWith('shared/platform/http/') &&
  names.includes('bind') &&
  !from.endsWith('/routes.ts');

test('only routes.ts binds contracts to use cases', () => {
  expect(linesOf(allImports.filter(bindsHere))).toEqual([]);
  expect(allImports.filter(({ names }) => names.includes('bind')).length).toBeGreaterThan(5);
});

test('a bind outside routes.ts would be found', () => {
  const code = "import { type Binding, bind } from '../platform/http/server.ts';";
  expect(importsOf('shared/reviews/reviews.ts', code).map(bindsHere)).toEqual([true]);
});
