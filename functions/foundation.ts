import { createAudit } from '../shared/audit/audit.ts';
import { createCatalogueReader } from '../shared/business/reader.ts';
import { createClients } from '../shared/clients/clients.ts';
import { systemRandom } from '../shared/platform/ids.ts';
import { once } from '../shared/platform/memo.ts';
import { createTable } from '../shared/platform/table/table.ts';
import { createTelemetry } from '../shared/platform/telemetry.ts';
import { systemClock } from '../shared/platform/time/clock.ts';
import { variable } from './environment.ts';

const telemetry = createTelemetry('catalogue');

/** Dependencies of most functions. */
export const foundation = once(() => {
  const table = createTable(variable('TABLE_NAME'));
  const now = systemClock;
  const random = systemRandom;
  return {
    table,
    now,
    random,
    catalogue: createCatalogueReader(table, now, ({ message }) => telemetry.warn(message)),
    clients: createClients(table),
    audit: createAudit(table, random),
  };
});
