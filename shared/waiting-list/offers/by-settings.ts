import type { Schedules } from '../../background/schedules.ts';
import { boundsOf } from '../../booking/slots/bounds.ts';
import type { Location } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { quietWindow } from '../../messages/quiet-hours.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { WaitingStore } from '../store.ts';
import type { AskAll } from './ask-all.ts';
import { releaseSchedule } from './offers.ts';
import { type SettingsFreed, withoutChange } from './settings-row.ts';

/**
 * Offers what a change of the settings makes free (longer hours, a day off taken back, more seats, somebody new) to those
 * who wait: starts that fit now and would not, had the row not changed. All that one change frees is one gap. In the quiet
 * hours of a location it waits there for their end. Harmless when it comes twice.
 */
export const createOffersBySettings = (deps: {
  catalogue: CatalogueReader;
  store: Pick<WaitingStore, 'atLocation'>;
  askAll: AskAll;
  schedules: Schedules;
  now: Clock;
}) => {
  const { catalogue, store, askAll, schedules, now } = deps;

  const whereSomebodyWaits = async (catalogueIndex: CatalogueIndex, only: string | undefined): Promise<Location[]> => {
    const found: Location[] = [];
    for (const location of catalogueIndex.locations) {
      if (only !== undefined && only !== location.id) continue;
      if ((await store.atLocation(location.id)).length > 0) found.push(location);
    }
    return found;
  };

  return async (message: SettingsFreed): Promise<'offered' | 'nobody' | 'deferred' | 'gone'> => {
    const catalogueIndex = await catalogue.current();
    const before = withoutChange(catalogueIndex, message);
    if (!before) return 'gone';
    const { row, id, version } = message;
    const gap = `${row}.${id}.${version}`;
    const outcomes: ('offered' | 'nobody' | 'deferred')[] = [];
    for (const { id: locationId, zone } of await whereSomebodyWaits(catalogueIndex, message.locationId)) {
      const quiet = quietWindow(now(), catalogueIndex.settings.quietHours, zone);
      if (quiet) {
        await schedules.put(releaseSchedule(locationId, gap), quiet.until, { ...message, locationId });
        outcomes.push('deferred');
      } else {
        const { latest: until } = boundsOf(catalogueIndex, now());
        const { offered } = await askAll(catalogueIndex, { locationId, from: now(), until, gap, before });
        outcomes.push(offered > 0 ? 'offered' : 'nobody');
      }
    }
    return (['offered', 'deferred'] as const).find((each) => outcomes.includes(each)) ?? 'nobody';
  };
};
