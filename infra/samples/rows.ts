import { startJob } from '../../shared/background/jobs/wiring.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { newId, type Random } from '../../shared/platform/ids.ts';
import type { RegularsTable } from '../../shared/platform/table/table.ts';
import { settingsJobs } from '../../shared/settings/jobs/kinds.ts';
import type { Placeholders } from './placeholder-types.ts';

/** Rows of the catalogue that are made for one sample alone, at version 1; and how the others stand. */
export const rowPlaceholders = (table: RegularsTable, random: Random, now: () => number): Placeholders => {
  const editor = createCatalogueEditor({ table, random });
  const made = (kind: 'locations' | 'staff' | 'categories' | 'services' | 'resources', more: object) => async () => {
    const id = `made-${newId(random)}`;
    await editor.change(() => ({ write: { kind, id, value: { id, name: 'Made for a sample', ...more } }, result: id }));
    return id;
  };
  const version = (kind: 'settings' | 'journey' | 'staff', id: string) => async () =>
    String((await editor.load()).versionOf(kind, id));
  return {
    madeLocation: made('locations', {
      zone: 'America/New_York',
      address: '1 Sample Street, New York, NY 10001',
      manager: { email: 'manager@linden-rose.example', language: 'en' },
      hours: {},
    }),
    madePerson: made('staff', { locations: ['brooklyn'], skills: [] }),
    madeCategory: made('categories', { name: { en: 'Made for a sample' } }),
    madeService: made('services', {
      name: { en: 'Made for a sample' },
      category: 'hair',
      durationMinutes: 30,
      price: { amount: 1000, currency: 'USD' },
    }),
    madeResource: made('resources', { kind: 'chair', location: 'brooklyn' }),
    businessVersion: version('settings', 'settings'),
    journeyVersion: version('journey', 'journey'),
    aminaVersion: version('staff', 'amina'),
    freshId: () => `fresh-${newId(random)}`,
    madeJob: async () => {
      const id = newId(random);
      const days = { locations: ['brooklyn'], from: '2026-11-22', until: '2026-11-24' };
      const by = { by: newId(random), roles: ['owner'] };
      await startJob(table, settingsJobs, {
        ...{ id, kind: 'replan', why: 'journey', at: now(), round: 1, touchpoints: ['reminder'], days },
        ...by,
      });
      return id;
    },
  };
};
