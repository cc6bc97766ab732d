import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, minute } from '../platform/time/time.ts';
import type { PersonStore, StaffName } from './store.ts';

/** Member of staff as an answer names them beside a `sub`. */
interface Named {
  id: string;
  name: string;
}

/** The members of staff among the ids; others, as `client`, and whoever has never signed in, have no name. */
export type NamesOf = (ids: readonly (string | undefined)[]) => Promise<Named[]>;

/** Time for which a function goes by the names that it has read. */
const keptFor = minute;

/** Names by one query a minute in each instance of a function: the people of a business are few. */
export const createNames = (deps: {
  store: Pick<PersonStore, 'names'>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  now: Clock;
}): NamesOf => {
  const { store, catalogue, now } = deps;
  let kept: { until: Instant; names: Promise<StaffName[]> } | undefined;

  const known = (): Promise<StaffName[]> => {
    if (kept && kept.until > now()) return kept.names;
    const names = store.names();
    kept = { until: now() + keptFor, names };
    names.catch(() => {
      kept = undefined;
    });
    return names;
  };

  return async (ids) => {
    const [names, catalogueIndex] = await Promise.all([known(), catalogue.recent()]);
    return names
      .filter(({ sub }) => ids.includes(sub))
      .map(({ sub, email, staffId }) => ({ id: sub, name: catalogueIndex.person(staffId ?? '')?.name ?? email }));
  };
};
