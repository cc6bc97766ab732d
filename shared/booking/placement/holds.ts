import { createHash } from 'node:crypto';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { CatalogueReader } from '../../business/reader.ts';
import { addressKey, type FormGuard } from '../../platform/form-guard.ts';
import { Problem } from '../../platform/http/problems.ts';
import type { Random } from '../../platform/ids.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { isoUtc, isoWithOffset, minute } from '../../platform/time/time.ts';
import type { HoldInput } from '../contract.ts';
import { bookedTimes } from '../day-pages/booked-times.ts';
import type { DiaryPages } from '../day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../day-pages/writes.ts';
import { pathsInBody, resolveVisit } from '../slots/request.ts';
import { type Allocator, momentOf } from './placement.ts';

/** What one address keeps while its forms are filled; a few at most, so one item holds them all. */
const holdsEntity = defineEntity({
  name: 'Holds',
  attributes: {
    address: string().key(),
    version: number(),
    holds: list(
      map({
        id: string(),
        /** Milliseconds since 1970. */
        until: number(),
        occupies: bookedTimes(),
      }),
    ),
    ...expiring,
  },
  key: ({ address }) => ({ pk: `HOLDS#${address}`, sk: 'HOLDS' }),
});

/** One form keeps one time: its hold is named by its token, and the booking that carries the token takes it over. */
export const holdIdOf = (formToken: string): string =>
  BigInt(`0x${createHash('sha256').update(formToken).digest('hex')}`)
    .toString(36)
    .slice(-16);

/** Keeps a chosen time while the form is filled; it is free again by itself, or when the form chooses another. */
export const createHolds = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  pages: DiaryPages;
  place: Allocator;
  guard: FormGuard;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, pages, place, guard, now, random } = deps;
  const entity = holdsEntity(table);

  /** Throws form_rejected, time_taken, time_unavailable, unprocessable, too_many_requests, busy. */
  return async (input: HoldInput, sourceIp: string) => {
    await guard.verify(input.formToken);
    const catalogueIndex = await catalogue.current();
    const { publicForms, booking } = catalogueIndex.settings;
    const request = resolveVisit(catalogueIndex, input.locationId, input.services, pathsInBody, input.seats);
    const { zone } = request.location;
    const startsAt = momentOf(input.startsAt, zone);
    const id = holdIdOf(input.formToken);
    const address = addressKey(sourceIp);

    return retry(random, async () => {
      const { Item } = await entity.build(GetItemCommand).key({ address }).options({ consistent: true }).send();
      const at = now();
      const kept = Item?.holds.filter(({ until }) => until > at) ?? [];
      const [own, others] = [kept.find((hold) => hold.id === id), kept.filter((hold) => hold.id !== id)];
      if (others.length >= publicForms.holdsPerAddress) {
        const soonest = Math.min(...others.map(({ until }) => until));
        throw new Problem('too_many_requests', {
          detail: 'Several times are being kept from here already; send or leave those forms first.',
          retryAfter: Math.ceil((soonest - at) / 1000),
        });
      }
      const placement = await place(catalogueIndex, request, startsAt, at, { leaving: [id] });
      const until = at + booking.holdMinutes * minute;
      const hold = { id, occupies: placement.occupies, seats: request.seats, expiresAt: until };
      const read = await pagesOf(pages, own?.occupies ?? [], placement.pages);
      const version = Item?.version;
      const { committed } = await transact(table, [
        entity
          .build(PutTransaction)
          .item({
            address,
            version: (version ?? 0) + 1,
            holds: [...others, { id, until, occupies: placement.occupies }],
            expiresAt: expiryAt(until),
          })
          .options({
            condition: version === undefined ? { attr: 'version', exists: false } : { attr: 'version', eq: version },
          }),
        ...diaryWrites(pages, read, own ? [own] : [], [hold]),
      ]);
      if (!committed) return undefined;
      return {
        startsAt: isoWithOffset(placement.startsAt, zone),
        endsAt: isoWithOffset(placement.endsAt, zone),
        staff: placement.assignments.map(({ person }) => person.id),
        heldUntil: isoUtc(until),
      };
    });
  };
};
