import { type Catalogue, catalogueSchema } from '../business/catalogue.ts';
import { replaceCatalogue } from '../business/editor.ts';
import { CatalogueInvalid } from '../business/invalid.ts';
import { mustParse } from '../messages/templates/resolve.ts';
import { Problem } from '../platform/http/problems.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { unknownFields } from '../platform/unknown-fields.ts';

const templateFaults = ({ templates }: Catalogue): string[] =>
  templates.flatMap(({ template, ...text }, index) => {
    try {
      mustParse(template, text);
      return [];
    } catch (error) {
      if (error instanceof Problem) return [`templates.${index}.${error.message}`];
      throw error;
    }
  });

/** Parses the text of a catalogue file; throws CatalogueInvalid that names every fault with its path. */
export const parseCatalogue = (text: string): Catalogue => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CatalogueInvalid([`it is not JSON: ${(error as Error).message}`]);
  }
  const result = catalogueSchema.safeParse(value);
  const unknown = unknownFields(catalogueSchema, value);
  if (result.success && unknown.length === 0) {
    const faults = templateFaults(result.data);
    if (faults.length > 0) throw new CatalogueInvalid(faults);
    return result.data;
  }
  const faults = [
    ...unknown.map(({ path, message }) => ({ path: path.replace(/\[(\d+)\]/g, '.$1'), message })),
    ...(result.error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  ];
  const byPath = new Map(faults.toReversed().map((fault) => [fault.path, fault]));
  throw new CatalogueInvalid(
    [...byPath.values()].toReversed().map(({ path, message }) => `${path || '(file)'}: ${message}`),
  );
};

/** Loads the catalogue into the table in place of the one that is there. Appointments, clients and messages stay. */
export const seed = (table: RegularsTable, catalogue: Catalogue, now: number): Promise<void> =>
  replaceCatalogue(table, catalogue, new Date(now).toISOString());
