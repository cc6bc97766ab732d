/**
 * What does not hold yet. Each list only ever shrinks: a test fails when an entry is no longer needed, so that it is
 * taken out with the change that made it so.
 */
export const upwardImports: readonly string[] = [];

export const foreignStores: readonly string[] = [];

export const bindsElsewhere: readonly string[] = [];

export const circles: readonly string[] = [
  'infra/aws/alarms.ts infra/aws/functions/functions.ts infra/aws/functions/grants.ts infra/aws/functions/triggers.ts infra/aws/messaging.ts infra/aws/stack.ts',
  'infra/samples/placeholders.ts infra/samples/rows.ts infra/samples/waiting.ts',
  'test/e2e/booking.ts test/e2e/desk.ts test/e2e/doors.ts test/e2e/emulator/leftovers.ts test/e2e/journey.ts test/e2e/pages.ts test/e2e/reminders.ts test/e2e/restore.ts test/e2e/visit.ts',
];

export const decidingEntries: readonly string[] = ['functions/queue/background.ts'];

export const fullFolders: readonly string[] = ['test/e2e'];

/** Against a wall of `walls.test.ts`. */
export const otherImports: readonly string[] = ['infra/samples/rows.ts imports shared/settings/jobs/store.ts'];
