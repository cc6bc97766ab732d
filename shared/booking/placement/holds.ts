import { createHash } from 'node:crypto';
import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { CatalogueReader } from '../../business/reader.ts';
import { Problem } from '../../platform/http/problems.ts';
import { newId, type Random } from '../../platform/ids.ts';
import { type FormGuard, formLifetime } from '../../platform/limits/form-guard.ts';
import { householdKey } from '../../platform/limits/household.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Instant, isoUtc, isoWithOffset, minute } from '../../platform/time/time.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import type { Appointments } from '../appointments/appointments.ts';
import type { HoldInput } from '../contract.ts';
import { bookedTimes } from '../day-pages/booked-times.ts';
import type { DiaryPages } from '../day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../day-pages/writes.ts';
import { formUsed } from '../problems.ts';
import { askedOnline } from '../slots/request.ts';
import { type Allocator, momentOf } from './placement.ts';

/** Times that one household holds while its forms are filled; a few at most, so one item holds them all. */
const holdsEntity = defineEntity({
  name: 'Holds',
  attributes: {
    household: string().key(),
    version: number(),
    holds: list(
      map({
        id: string(),
        /** Milliseconds since 1970. */
        until: number(),
        /** Instant at which the form kept its first time; absent in holds from before this was stored. */
        since: number().optional(),
        occupies: bookedTimes(),
      }),
    ),
    ...expiring,
  },
  key: ({ household }) => ({ pk: `HOLDS#${household}`, sk: 'HOLDS' }),
});

/** Forms of one household that are remembered. */
const maxKnown = 20;

/** One form keeps one time: its hold is named by its token, and the booking that carries the token takes it over. */
export const holdIdOf = (formToken: string): string =>
  BigInt(`0x${createHash('sha256').update(formToken).digest('hex')}`)
    .toString(36)
    .slice(-16);

const bookedBy = (holdId: string): string => holdIdOf(`booked.${holdId}`);

/** One form books once: what it books is named by its token, too. */
export const appointmentIdOf = (formToken: string): string => bookedBy(holdIdOf(formToken));

type Kept = NonNullable<FormattedItem<ReturnType<typeof holdsEntity>>>['holds'][number];

/**
 * The form's own hold, those of other forms, and until when it may keep a time: renewed once. What has run out is
 * remembered as long as its form, so that it isn't kept anew for ever. Throws form_rejected.
 */
const keptBy = (holds: readonly Kept[], id: string, at: Instant, span: number) => {
  const known = holds.filter((hold) => hold.until > at - formLifetime);
  const own = known.find((hold) => hold.id === id);
  const since = own?.since ?? at;
  const until = Math.min(at, since + span) + span;
  if (until <= at)
    throw new Problem('form_rejected', { detail: 'This form has kept a time for long enough; send it.' });
  return { own, rest: known.filter((hold) => hold.id !== id), since, until };
};

/** Keeps a chosen time while the form is filled; it is free again by itself, or when the form chooses another. */
export const createHolds = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  pages: DiaryPages;
  place: Allocator;
  appointments: Pick<Appointments, 'get'>;
  guard: FormGuard;
  tokens: Pick<Tokens, 'pseudonym'>;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, pages, place, appointments, guard, tokens, now, random } = deps;
  const entity = holdsEntity(table);

  /** Those that count: a form that has booked keeps nothing any more. Asked only where it matters. */
  const unbooked = async (holds: readonly Kept[], most: number): Promise<readonly Kept[]> => {
    if (holds.length < most) return holds;
    const booked = await Promise.all(holds.map(({ id }) => appointments.get(bookedBy(id))));
    return holds.filter((_, index) => !booked[index]);
  };

  /** Throws too_many_requests. */
  const mustHaveRoom = async (rest: readonly Kept[], most: number, at: Instant): Promise<void> => {
    const others = await unbooked(
      rest.filter(({ until }) => until > at),
      most,
    );
    if (others.length < most) return;
    const soonest = Math.min(...others.map(({ until }) => until));
    throw new Problem('too_many_requests', {
      detail: 'Several times are being kept from here already; send or leave those forms first.',
      retryAfter: Math.ceil((soonest - at) / 1000),
    });
  };

  /** Throws form_rejected, form_used, time_taken, time_unavailable, unprocessable, too_many_requests, busy. */
  return async (input: HoldInput, sourceIp: string) => {
    await guard.verify(input.formToken);
    const [catalogueIndex, booked] = await Promise.all([
      catalogue.current(),
      appointments.get(appointmentIdOf(input.formToken)),
    ]);
    // Kept for a form that has booked, it would be booked by nobody.
    if (booked) throw new Problem(formUsed);
    const { publicForms, publicLimits, booking } = catalogueIndex.settings;
    // Each is an attempt: going back and forth between two times repeats nothing.
    const { weight, need } = askedOnline(catalogueIndex, input);
    const limits = { ...publicForms, ...publicLimits };
    await guard.admit(sourceIp, input.formToken, ['hold', newId(random)], limits, { mayWait: false, weight });
    const request = need();
    const { zone } = request.location;
    const startsAt = momentOf(input.startsAt, zone);
    const id = holdIdOf(input.formToken);
    const household = await householdKey(tokens, sourceIp);

    return retry(random, async () => {
      const { Item } = await entity.build(GetItemCommand).key({ household }).options({ consistent: true }).send();
      const at = now();
      const { own, rest, since, until } = keptBy(Item?.holds ?? [], id, at, booking.holdMinutes * minute);
      await mustHaveRoom(rest, publicForms.holdsPerAddress, at);
      const placement = await place(catalogueIndex, request, startsAt, at, { leaving: [id] });
      const hold = { id, occupies: placement.occupies, seats: request.seats, expiresAt: until };
      const read = await pagesOf(pages, own?.occupies ?? [], placement.pages);
      const version = Item?.version;
      const { committed } = await transact(table, [
        entity
          .build(PutTransaction)
          .item({
            household,
            version: (version ?? 0) + 1,
            holds: [
              ...rest.map((each) => (each.until > at ? each : { ...each, occupies: [] })).slice(-maxKnown),
              { id, until, since, occupies: placement.occupies },
            ],
            expiresAt: expiryAt(until + formLifetime),
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
