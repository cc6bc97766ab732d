import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Placeholders } from './placeholder-types.ts';

const root = join(import.meta.dirname, '..', '..');
const home = join(root, 'events');

/** One file beside this one. */
export interface Sample {
  functionName: string;
  /** Without `.json`. */
  name: string;
  /** From the root of the project. */
  file: string;
  /** Expected result: an HTTP status of a refusal, `refused`, or nothing where it is good. */
  refusal: number | 'refused' | undefined;
  text: string;
}

export const sampleAt = (file: string): Sample => {
  const [functionName = '', name = ''] = relative(home, file)
    .replace(/\.json$/, '')
    .split('/');
  const [, prefix] = /^(4\d\d|refused)-/.exec(name) ?? [];
  return {
    functionName,
    name,
    file: relative(root, file),
    refusal: prefix === undefined ? undefined : prefix === 'refused' ? 'refused' : Number(prefix),
    text: readFileSync(file, 'utf8'),
  };
};

export const allSamples = (): Sample[] =>
  readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => sampleAt(join(home, file)));

const encoded = (event: Record<string, unknown>): Record<string, unknown> =>
  event['isBase64Encoded'] === true && typeof event['body'] === 'string'
    ? { ...event, body: Buffer.from(event['body']).toString('base64') }
    : event;

/** The event that a sample stands for: its placeholders filled, a body that API Gateway would encode encoded. */
export const eventOf = async ({ file, text }: Sample, placeholders: Placeholders): Promise<Record<string, unknown>> => {
  const values = new Map<string, string>();
  for (const [, name = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) {
    if (values.has(name)) continue;
    const make = placeholders[name];
    if (!make) throw new Error(`${file} asks for {{${name}}}; known here: ${Object.keys(placeholders).join(', ')}`);
    values.set(name, await make());
  }
  return encoded(JSON.parse(text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? '')));
};
