import { Entity, type FormattedItem } from 'dynamodb-toolbox/entity';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import type { Actor, Audit } from '../audit/audit.ts';
import type { Directory } from '../business/directory.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, type Random } from '../platform/ids.ts';
import { persist } from '../platform/persist.ts';
import { Problem, type Touched, unprocessable } from '../platform/problems.ts';
import { blockEntityName, type RegularsTable } from '../platform/table.ts';
import { addDays, type Instant, isoUtc, isoWithOffset, type LocalDate, localDate, minute } from '../platform/time.ts';
import { transact, type WritePart } from '../platform/transact.ts';
import type { Appointment, Appointments } from './appointments.ts';
import { datesTouched } from './dates.ts';
import { goneFrom } from './gone.ts';
import { type Interval, overlaps } from './intervals.ts';
import type { Once } from './once.ts';
import { type BusyTime, busyOn, type DiaryOwner, type DiaryPages } from './pages.ts';
import { diaryWrites, momentOf, type Occupant } from './place.ts';
import { ownerOf, resourceOwnerOf } from './plan-visit.ts';
import { locationDay } from './store.ts';

/** Of one location's day: a block stands on every day and at every location that its owner misses. */
export const blockEntity = (table: RegularsTable) =>
  new Entity({
    name: blockEntityName,
    table,
    schema: item({
      id: string().key(),
      locationId: string().key(),
      date: string().key(),
      /** Whose time: a person's, or a room's or piece of equipment's. */
      staffId: string().optional(),
      resourceId: string().optional(),
      from: number(),
      until: number(),
      /** Of the owner's diary. */
      zone: string(),
      reason: string().optional(),
      by: string(),
      at: number(),
      locationPk: string(),
      locationSk: string(),
    }),
    computeKey: ({ id, locationId, date }) => ({ pk: partition(id), sk: sortKey(locationId, date) }),
    timestamps: false,
  });

const partition = (id: string): string => `BLOCK#${id}`;
const sortKey = (locationId: string, date: LocalDate): string => `DAY#${locationId}#${date}`;

type BlockDay = FormattedItem<ReturnType<typeof blockEntity>>;
/** Time of a person, a room or a piece of equipment in which nothing is booked. */
export type Block = Omit<BlockDay, 'locationId' | 'date' | 'locationPk' | 'locationSk'>;

export interface BlockInput {
  staffId?: string | undefined;
  resourceId?: string | undefined;
  /** As the moments of a booking: local in the zone of the owner's diary, or with an offset. */
  from: string;
  until: string;
  reason?: string | undefined;
}

const longestDays = 14;
/** Of the hundred that a transaction may have, less what goes with a block. */
const mostParts = 95;
const mostNamed = 20;

/** Whose time it is, and at which locations it is missed. */
interface Holder {
  owner: DiaryOwner;
  locations: readonly string[];
}

/** Throws unprocessable. */
const holderOf = (directory: Directory, { staffId, resourceId }: BlockInput): Holder => {
  if (staffId !== undefined) {
    const person = directory.needPerson(staffId, 'staffId');
    return { owner: ownerOf(directory, person), locations: person.locations };
  }
  const resource = directory.resources.find(({ id }) => id === resourceId);
  if (!resource) {
    const known = directory.resources.map(({ id }) => id).slice(0, 50);
    throw unprocessable('resourceId', `there is no room or equipment "${resourceId}"`, known);
  }
  return { owner: resourceOwnerOf(directory, resource), locations: [resource.location] };
};

/** Throws invalid_request, time_unavailable and unprocessable for what can't be. */
const spanOf = ({ from, until }: BlockInput, { owner, locations }: Holder, now: Instant): Interval => {
  const span = { from: momentOf(from, owner.zone, 'from'), until: momentOf(until, owner.zone, 'until') };
  if (span.from % minute !== 0) throw unprocessable('from', 'must be a whole minute');
  if (span.until % minute !== 0) throw unprocessable('until', 'must be a whole minute');
  if (span.until <= span.from) throw unprocessable('until', 'must be after `from`');
  if (span.until <= now) throw unprocessable('until', 'must lie ahead');
  const days = Math.min(longestDays, Math.floor(mostParts / (locations.length + 1)) - 1);
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
  once: Once;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, appointments, pages, audit, once, now, random } = deps;
  const entity = blockEntity(table);

  const inTheWay = async (busy: readonly BusyTime[]): Promise<Problem> => {
    const ids = [...new Set(busy.map(({ id }) => id))];
    const found = (await Promise.all(ids.slice(0, mostNamed).map(appointments.get))).filter(
      (appointment): appointment is Appointment => appointment !== undefined,
    );
    const touched = found.map(
      ({ id, startsAt, zone, locationId, contact, services }): Touched => ({
        appointmentId: id,
        startsAt: isoWithOffset(startsAt, zone),
        locationId,
        firstName: contact.firstName,
        services: services.map((line) => line.id),
        staff: [...new Set(services.map((line) => line.staffId))],
        why: ['in_the_way'],
      }),
    );
    const held = busy.some(({ expiresAt }) => expiresAt !== undefined);
    const detail =
      touched.length > 0
        ? `Appointments are in the way: ${touched.length}; move or cancel them first.`
        : held
          ? 'Somebody is booking a time in it at this moment; try again in some minutes.'
          : 'Some of it is blocked already.';
    return new Problem('time_taken', { detail, ...(touched.length > 0 ? { touched, touchedTotal: ids.length } : {}) });
  };

  const occupant = (id: string, { id: ownerId, group, zone }: DiaryOwner, span: Interval): Occupant => ({
    id,
    occupies: [{ ownerId, group, zone, from: span.from, until: span.until }],
  });

  const daysOf = (directory: Directory, block: Block, { locations, owner }: Holder) =>
    locations.flatMap((locationId) =>
      datesTouched(block, directory.location(locationId)?.zone ?? owner.zone).map((date) => ({ locationId, date })),
    );

  const put = (block: Block, { locationId, date }: { locationId: string; date: LocalDate }): WritePart =>
    entity.build(PutTransaction).item({
      ...block,
      locationId,
      date,
      locationPk: locationDay(locationId, date),
      locationSk: `${isoUtc(block.from)}#${block.id}`,
    });

  const record = (by: Actor, action: string, { id, staffId, resourceId, from, until }: Block): WritePart[] =>
    audit.parts(by, {
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
      const directory = await catalogue.current();
      return once(idempotencyKey, ['block', input], async () => {
        const holder = holderOf(directory, input);
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
        const parts = [
          ...daysOf(directory, block, holder).map((day) => put(block, day)),
          ...diaryWrites(pages, read, [], [occupant(block.id, owner, span)]),
          ...record(by, 'diary.blocked', block),
        ];
        return { answer: block, parts };
      });
    },

    /** Gives the time back. Throws not_found, busy. */
    async release(by: Actor, id: string): Promise<Block> {
      const directory = await catalogue.current();
      return persist(10, random, async () => {
        const { Items: days = [] } = await table
          .build(QueryCommand)
          .entities(entity)
          .query({ partition: partition(id) })
          .options({ consistent: true })
          .send();
        const [block] = days;
        if (!block) throw new Problem('not_found', { detail: 'There is no such block.' });
        const person = directory.person(block.staffId ?? '');
        const resource = directory.resource(block.resourceId ?? '');
        const owner = person ? ownerOf(directory, person) : resource && resourceOwnerOf(directory, resource);
        const left = owner && occupant(id, owner, block);
        const read = owner ? await pages.read([owner], block, true) : new Map();
        const { committed } = await transact(table, [
          ...days.map(({ locationId, date }) =>
            goneFrom(
              table,
              {
                pk: partition(id),
                sk: sortKey(locationId, date),
                id,
                locationPk: locationDay(locationId, date),
                at: now(),
              },
              block.at,
            ),
          ),
          ...(left ? diaryWrites(pages, read, [left], []) : []),
          ...record(by, 'diary.unblocked', block),
        ]);
        return committed ? block : undefined;
      });
    },
  };
};
export type Blocks = ReturnType<typeof createBlocks>;
