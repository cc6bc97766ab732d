import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { type TransactionWrite, transact } from '../platform/table/transact.ts';
import { CatalogueMissing } from './reader.ts';
import { createCatalogueStore, type HeldCatalogue, type RowKind, type RowWrite, replaceCatalogue } from './store.ts';

export { type HeldCatalogue, type RowKind, type RowWrite, replaceCatalogue };

/** A change of the catalogue. */
export interface CatalogueChange<T> {
  /** Undefined when there is nothing to change. */
  write: RowWrite | undefined;
  /** Further parts of the transaction, such as the audit's entry. */
  writes?: readonly TransactionWrite[];
  result: T;
}

/** Changes the catalogue, row by row. */
export const createCatalogueEditor = ({ table, random }: { table: RegularsTable; random: Random }) => {
  const store = createCatalogueStore(table);

  /** The catalogue as it stands, with the versions of its rows. Throws CatalogueMissing. */
  const load = async (): Promise<HeldCatalogue> => {
    const held = await store.load();
    if (!held) throw new CatalogueMissing();
    return held;
  };

  return {
    load,
    /**
     * Commits what `decide` makes of the catalogue as it stands; when anybody changed any of it meanwhile, decides
     * again: references between rows are only as good as the whole. `decide` throws the Problem that forbids the change.
     */
    change: <T>(decide: (held: HeldCatalogue) => Promise<CatalogueChange<T>> | CatalogueChange<T>): Promise<T> =>
      retry(random, async () => {
        const held = await load();
        const { write, writes = [], result } = await decide(held);
        if (!write) return result;
        const { committed } = await transact(table, [...store.writes(held, write, newId(random)), ...writes]);
        return committed ? result : undefined;
      }),
  };
};
export type CatalogueEditor = ReturnType<typeof createCatalogueEditor>;
