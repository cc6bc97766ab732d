import { createAudit } from '../shared/audit/audit.ts';
import { createCatalogueReader } from '../shared/business/reader.ts';
import { createClients } from '../shared/clients/clients.ts';
import { systemRandom } from '../shared/platform/ids.ts';
import { once } from '../shared/platform/memo.ts';
import { createTable } from '../shared/platform/table/table.ts';
import { systemClock } from '../shared/platform/time/clock.ts';

/** A variable that may be set; empty is the same as absent. */
const optionalVariable = (name: string): string | undefined => {
  const value = process.env[name];
  return value || undefined;
};

/** Where a service of AWS is asked for, where it isn't AWS itself: as the SDK's own clients find it. */
export const endpointOf = (service: string): string | undefined =>
  optionalVariable(`AWS_ENDPOINT_URL_${service}`) ?? optionalVariable('AWS_ENDPOINT_URL');

/** A variable that the stack must have set. */
export const variable = (name: string): string => {
  const value = optionalVariable(name);
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
};

/** What most functions stand on. */
export const foundation = once(() => {
  const table = createTable(variable('TABLE_NAME'));
  const now = systemClock;
  const random = systemRandom;
  return {
    table,
    now,
    random,
    catalogue: createCatalogueReader(table, now),
    clients: createClients(table),
    audit: createAudit(table, random),
  };
});
