import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import metadata from 'libphonenumber-js/min/metadata';

/** Position at which a numbering plan of libphonenumber-js (its metadata, version 4) keeps how numbers are printed. */
const formats = 4;

/**
 * The numbering plans of every country without how their numbers are printed, 50 of 83 kB: what is typed in is read
 * into E.164 and never printed otherwise.
 */
export const readingOnly = (): typeof metadata => {
  if (metadata.version !== 4) throw new Error(`libphonenumber-js keeps its metadata otherwise, as ${metadata.version}`);
  const without = (plan: readonly unknown[]) => plan.map((part, index) => (index === formats ? 0 : part));
  const each = (plans: object) =>
    Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, without(plan as unknown[])]));
  return {
    ...metadata,
    countries: each(metadata.countries) as typeof metadata.countries,
    nonGeographic: each(metadata.nonGeographic),
  };
};

/**
 * Writes them as a module; JSON text is read faster than the same as an expression, and needs no second backslash before
 * each of its 2000 where it stands raw.
 */
export const writePhoneMetadata = (file: string): void => {
  const draft = `${file}.${process.pid}`;
  const text = JSON.stringify(readingOnly());
  if (/`|\$\{/.test(text))
    throw new Error('The metadata of libphonenumber-js hold what a raw template would read as its own');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, `export default /* @__PURE__ */ JSON.parse(String.raw\`${text}\`);\n`);
  renameSync(draft, file);
};
