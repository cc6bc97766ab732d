import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { generatedSamples } from './generate.ts';

/** `npm run samples`: writes the good samples of `events/` anew, and removes those that lie in another function's folder. */
const home = join(import.meta.dirname, '..', '..', 'events');
const samples = generatedSamples();
const requestOf = (text: string): string => {
  const { rawPath, requestContext } = JSON.parse(text);
  return `${requestContext?.http?.method} ${rawPath}`;
};
const files = new Set(samples.map(({ file }) => file));
const requests = new Map(samples.map(({ routeId, text }) => [`${routeId}.json`, requestOf(text)]));
for (const found of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
  const path = join(home, found);
  const request = requests.get(basename(found));
  if (request === undefined || files.has(found.replaceAll('\\', '/'))) continue;
  // A page may have the name of a route.
  if (requestOf(readFileSync(path, 'utf8')) === request) rmSync(path);
}
for (const { file, text } of samples) {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
}
console.log(`${samples.length} samples in events/`);
