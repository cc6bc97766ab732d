import { Problem } from '../platform/http/problems.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { minute } from '../platform/time/time.ts';
import { type CatalogueIndex, createCatalogueIndex } from './catalogue-index.ts';
import { createCatalogueStore } from './store.ts';

/** Reads the catalogue and keeps it in the function's memory; how other capabilities come to it. */
export interface CatalogueReader {
  /** At most a minute old: for showing. No read while it is that fresh, then one small one. */
  recent(): Promise<CatalogueIndex>;
  /** The catalogue as it stands, for commands. One small read tells whether the copy in memory still holds. */
  current(): Promise<CatalogueIndex>;
}

/** Long enough to load a business, in seconds. */
const untilSetUp = 600;

/**
 * 503: a stack or table that is new, or whose first seed was interrupted. The answer is for strangers; the message, for logs
 * and consoles, tells the owner what to do.
 */
export class CatalogueMissing extends Problem {
  constructor() {
    super('not_set_up', { retryAfter: untilSetUp });
    this.name = 'CatalogueMissing';
    this.message = 'There is no business in the table yet: load one with `npm run seed`.';
  }
}

/** `onMissing` is told each time that there is no business to read. */
export const createCatalogueReader = (
  table: RegularsTable,
  now: Clock,
  onMissing: (missing: CatalogueMissing) => void = () => {},
): CatalogueReader => {
  const store = createCatalogueStore(table);
  let kept: { catalogueIndex: CatalogueIndex; at: number } | undefined;

  const load = async (): Promise<CatalogueIndex> => {
    const found = await store.load();
    if (!found) {
      const missing = new CatalogueMissing();
      onMissing(missing);
      throw missing;
    }
    const catalogueIndex = createCatalogueIndex(found.catalogue, found.revision);
    kept = { catalogueIndex, at: now() };
    return catalogueIndex;
  };

  const current = async (): Promise<CatalogueIndex> => {
    const held = kept;
    if (!held || (await store.revision()) !== held.catalogueIndex.revision) return load();
    held.at = now();
    return held.catalogueIndex;
  };

  return {
    current,
    recent: async () => (kept && Math.abs(now() - kept.at) < minute ? kept.catalogueIndex : current()),
  };
};
