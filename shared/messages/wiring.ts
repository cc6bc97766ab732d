import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { MessageStore } from './message.ts';
import { createIncomingTexts } from './receive/incoming-store.ts';
import { createTextReply } from './receive/reply.ts';
import { createBudget } from './send/budget.ts';
import type { Channels } from './send/channels.ts';
import { createDispatch, type Dispatch } from './send/dispatch.ts';
import { createMessageStore } from './send/store.ts';

/** Outcomes of messages, for the capabilities that ask. */
export const messagesFor = ({ table }: { table: RegularsTable }): MessageStore => createMessageStore(table);

/** The one way out for messages. */
export const dispatchFor = (deps: {
  table: RegularsTable;
  clients: Clients;
  catalogue: CatalogueReader;
  channels: Channels;
  now: Clock;
  random: Random;
}): Dispatch => createDispatch({ ...deps, store: createMessageStore(deps.table), budget: createBudget(deps.table) });

/** Answers texts. */
export const textReplyFor = (deps: { table: RegularsTable; catalogue: CatalogueReader; dispatch: Dispatch }) =>
  createTextReply({ ...deps, texts: createIncomingTexts(deps.table) });
