import { createAudit } from '../../../shared/audit/audit.ts';
import { confirmByLink } from '../../../shared/booking/contract.ts';
import { bookingBindings } from '../../../shared/booking/routes.ts';
import { appointmentsFor } from '../../../shared/booking/wiring.ts';
import type { CatalogueReader } from '../../../shared/business/reader.ts';
import { createClients } from '../../../shared/clients/clients.ts';
import { bookAtDesk, markAppointment } from '../../../shared/diary/contract.ts';
import { diaryBindings } from '../../../shared/diary/routes.ts';
import { createClient } from '../../../shared/platform/http/client.ts';
import { inProcess } from '../../../shared/platform/http/server.ts';
import { systemRandom } from '../../../shared/platform/ids.ts';
import type { RegularsTable } from '../../../shared/platform/table/table.ts';
import type { Instant } from '../../../shared/platform/time/time.ts';
import { newLinkKey } from '../../../shared/platform/tokens/link-keys.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { putReviewByLink } from '../../../shared/reviews/contract.ts';
import { reviewLinkBindings } from '../../../shared/reviews/routes.ts';
import { bookSeries, checkSeries } from '../../../shared/series/contract.ts';
import { seriesBindings } from '../../../shared/series/routes.ts';
import { addToWaitingList } from '../../../shared/waiting-list/contract.ts';
import { waitingDeskBindings } from '../../../shared/waiting-list/routes.ts';
import { subOf } from '../gateway/identity.ts';

const contracts = [
  bookAtDesk,
  markAppointment,
  confirmByLink,
  putReviewByLink,
  bookSeries,
  checkSeries,
  addToWaitingList,
] as const;

/** Links are signed and opened within this process alone: the key of those in messages is another. */
const keyring = { load: async () => [key] };
const key = newLinkKey(systemRandom);

const reception = { id: subOf('reception@example.com'), roles: ['reception'] } as const;

const crashed = (error: unknown): void => {
  throw error;
};

/** The API of staff and of links as it answers at an instant, straight on the table: the only way to act in the past. */
export const createDesk = (table: RegularsTable, catalogue: CatalogueReader) => {
  const lasting = { table, catalogue, clients: createClients(table), audit: createAudit(table, systemRandom) };
  return (instant: Instant) => {
    const now = () => instant;
    const tokens = createTokens(keyring, now);
    const deps = { ...lasting, now, random: systemRandom, tokens, publicUrl: '' };
    const appointments = appointmentsFor(deps);
    const bindings = [
      ...diaryBindings(deps),
      ...seriesBindings(deps),
      ...waitingDeskBindings(deps),
      ...bookingBindings(deps),
      ...reviewLinkBindings({ ...deps, appointments }),
    ];
    const transport = inProcess(bindings, { sourceIp: '', staff: reception }, crashed);
    return { tokens, appointments, api: createClient(contracts, transport) };
  };
};
export type Desk = ReturnType<typeof createDesk>;
