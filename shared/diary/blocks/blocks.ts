import type { Actor, Audit } from '../../audit/audit.ts';
import type { Appointments } from '../../booking/appointments/appointments.ts';
import { busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import { momentOf } from '../../booking/placement/placement.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { Problem, unprocessable } from '../../platform/http/problems.ts';
import type { Idempotent } from '../../platform/idempotent.ts';
import { newId, type Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { type TransactionWrite, transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Interval, overlaps } from '../../platform/time/intervals.ts';
import { addDays, type Instant, isoUtc, localDate, minute } from '../../platform/time/time.ts';
import { createInTheWay } from '../in-the-way.ts';
import { blockedTime, daysOfBlock, type Holder, holderOf } from './holder.ts';
import { type Block, type BlockDay, type BlockStore, createBlockStore } from './store.ts';

export interface BlockInput {
  staffId?: string | undefined;
  resourceId?: string | undefined;
  /** The moment as in a booking: local in the zone of the owner's diary, or with an offset. */
  from: string;
  until: string;
  reason?: string | undefined;
}

const maxDays = 14;
/** Limit of a transaction, less what goes with a block. */
const maxWrites = 95;

/** Throws unprocessable. */
const needHolder = (catalogueIndex: CatalogueIndex, input: BlockInput): Holder => {
  const { staffId, resourceId } = input;
  if (staffId !== undefined) catalogueIndex.needPerson(staffId, 'staffId');
  const isThere = staffId !== undefined || catalogueIndex.resources.some(({ id }) => id === resourceId);
  const holder = holderOf(catalogueIndex, input);
  if (holder && isThere) return holder;
  const known = catalogueIndex.resources.map(({ id }) => id).slice(0, 50);
  throw unprocessable('resourceId', `there is no room or equipment "${resourceId}"`, known);
};

/** Throws invalid_request, time_unavailable and unprocessable for what can't be. */
const spanOf = ({ from, until }: BlockInput, { owner, locations }: Holder, now: Instant): Interval => {
  const span = { from: momentOf(from, owner.zone, 'from'), until: momentOf(until, owner.zone, 'until') };
  if (span.from % minute !== 0) throw unprocessable('from', 'must be a whole minute');
  if (span.until % minute !== 0) throw unprocessable('until', 'must be a whole minute');
  if (span.until <= span.from) throw unprocessable('until', 'must be after `from`');
  if (span.until <= now) throw unprocessable('until', 'must lie ahead');
  const days = Math.min(maxDays, Math.floor(maxWrites / (locations.length + 1)) - 1);
  const last = addDays(localDate(span.from, owner.zone), days);
  if (localDate(span.until - 1, owner.zone) > last) {
    throw unprocessable('until', `must be at most ${days} days after \`from\``);
  }
  return span;
};

export const createBlocks = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get'>;
  pages: DiaryPages;
  audit: Audit;
  idempotent: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, appointments, pages, audit, idempotent, now, random } = deps;
  const store = createBlockStore(table);

  const inTheWay = createInTheWay(appointments);

  const record = (by: Actor, action: string, { id, staffId, resourceId, from, until }: Block): TransactionWrite[] =>
    audit.writes(by, {
      at: now(),
      action,
      subject: `block/${id}`,
      details: {
        ...(staffId ? { staff: staffId } : { resource: resourceId ?? '' }),
        from: isoUtc(from),
        until: isoUtc(until),
      },
    });

  return {
    /**
     * Takes the time off the diary. Throws time_taken with the appointments in the way, unprocessable, time_unavailable,
     * idempotency_mismatch, busy.
     */
    async take(by: Actor, input: BlockInput, idempotencyKey: string): Promise<Block> {
      const catalogueIndex = await catalogue.current();
      return idempotent(idempotencyKey, ['block', input], async () => {
        const holder = needHolder(catalogueIndex, input);
        const { owner } = holder;
        const at = now();
        const span = spanOf(input, holder, at);
        const read = await pages.read([owner], span, true);
        const busy = busyOn(read.get(owner.id) ?? []).filter((time) => overlaps(time, span));
        if (busy.length > 0) throw await inTheWay(busy);
        const { staffId, resourceId, reason } = input;
        const block: Block = {
          id: newId(random),
          staffId,
          resourceId,
          ...span,
          zone: owner.zone,
          reason: reason || undefined,
          by: by.id,
          at,
        };
        const writes = [
          ...daysOfBlock(catalogueIndex, block, holder.locations).map((day) => store.put(block, day)),
          ...diaryWrites(pages, read, [], [blockedTime(block, owner)]),
          ...record(by, 'diary.blocked', block),
        ];
        return { answer: block, writes };
      });
    },

    /** Gives the time back. Throws not_found, busy, and what `admit` does. */
    async release(by: Actor, id: string, admit: (block: Block) => void): Promise<Block> {
      const catalogueIndex = await catalogue.current();
      return retry(random, async () => {
        const found = await store.find(id);
        if (!found) throw new Problem('not_found', { detail: 'There is no such block.' });
        const { block, days } = found;
        admit(block);
        const holder = holderOf(catalogueIndex, block);
        const left = holder ? [blockedTime(block, holder.owner)] : [];
        const read = await pagesOf(
          pages,
          left.flatMap(({ occupies }) => occupies),
        );
        const { committed } = await transact(table, [
          ...days.map((day) => store.leave(block, day, now())),
          ...diaryWrites(pages, read, left, []),
          ...record(by, 'diary.unblocked', block),
        ]);
        return committed ? block : undefined;
      });
    },
  };
};

export type { Block, BlockDay, BlockStore };
