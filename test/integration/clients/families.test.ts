import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(() => world.system.close());

let hours = 0;
/** A free time each. */
const nextTime = () => {
  hours += 1;
  const day = String(1 + Math.floor(hours / 4)).padStart(2, '0');
  return `2026-12-${day}T${String(10 + 2 * (hours % 4)).padStart(2, '0')}:00`;
};

const mother = () => ({ ...newcomer(), firstName: 'Nadia', email: undefined });
const clientIdOf = async ({ id }: { id: string }) => (await staff.get(id)).clientId;
const bookedBy = async (client: object) => clientIdOf(await mustBook(world.api, { client, startsAt: nextTime() }));

describe('a family that shares a phone', () => {
  it('has a card each once staff say so, and each books online under her own name', async () => {
    const nadia = mother();
    const holder = await bookedBy(nadia);
    // A form alone never makes a second card under somebody’s phone.
    expect(await bookedBy({ ...nadia, firstName: 'Anna' })).toBe(holder);

    const anna = { ...nadia, firstName: 'Anna' };
    const daughter = (await staff.book(nextTime(), { client: anna, shareWith: holder })).clientId;
    expect(daughter).not.toBe(holder);
    expect(await staff.client(daughter)).toMatchObject({ firstName: 'Anna', addresses: [{ state: 'given' }] });

    expect(await bookedBy({ ...nadia, firstName: 'ANNA' })).toBe(daughter);
    expect(await bookedBy(nadia)).toBe(holder);
    expect(await bookedBy({ ...nadia, firstName: 'Granny' })).toBe(holder);
    expect((await staff.book(nextTime(), { client: anna })).clientId).toBe(daughter);
  });

  it('grows by series and by waiting list, too', async () => {
    const nadia = mother();
    const holder = await bookedBy(nadia);
    const startsAt = '2027-01-05T10:00';
    const series = await world.as('reception').bookSeries({
      idempotencyKey: freshKey(),
      body: {
        locationId: 'brooklyn',
        startsAt,
        services: [{ serviceId: 'cut', staffId: 'amina' }],
        rule: { every: 'weeks', count: 2 },
        client: { ...nadia, firstName: 'Tom' },
        shareWith: holder,
      },
    });
    dataOf(series);
    dataOf(
      await world.as('reception').addToWaitingList({
        idempotencyKey: freshKey(),
        body: {
          locationId: 'brooklyn',
          services: ['cut'],
          from: '2026-12-20',
          to: '2026-12-21',
          client: { ...nadia, firstName: 'Uma' },
          shareWith: holder,
        },
      }),
    );
    const ids = await Promise.all(['Nadia', 'Tom', 'Uma'].map((firstName) => bookedBy({ ...nadia, firstName })));
    expect(new Set(ids).size).toBe(3);
  });

  it('keeps everybody when eight are added at once; the ninth is refused, and nothing of it is left', async () => {
    const nadia = mother();
    const holder = await bookedBy(nadia);
    const times = Array.from({ length: 8 }, nextTime);
    const outcomes = await Promise.all(
      times.map((startsAt, index) =>
        staff.tryBook(startsAt, { client: { ...nadia, firstName: `Child${index}` }, shareWith: holder }),
      ),
    );
    const codes = outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.problem.code));
    expect(codes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'ok'), 'unprocessable']);
    const ids = await Promise.all(
      outcomes.flatMap((outcome, index) => (outcome.ok ? [bookedBy({ ...nadia, firstName: `Child${index}` })] : [])),
    );
    expect(ids).toEqual(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.data.clientId] : [])));
    expect(new Set([holder, ...ids]).size).toBe(8);
    const lost = outcomes.findIndex((outcome) => !outcome.ok);
    expect((await staff.tryBook(times[lost] ?? '', { client: newcomer() })).ok).toBe(true);
  });

  it('is refused with the field where it makes no sense', async () => {
    const nadia = mother();
    const holder = await bookedBy(nadia);
    const other = newcomer();
    const stranger = await bookedBy(other);
    const faultOf = async (changes: Record<string, unknown>) => {
      const outcome = await staff.tryBook(nextTime(), changes);
      return outcome.ok ? undefined : [codeOf(outcome), outcome.problem.errors?.[0]?.path];
    };
    const anna = { ...nadia, firstName: 'Anna' };
    expect(await faultOf({ client: anna, shareWith: stranger })).toEqual(['unprocessable', 'shareWith']);
    expect(await faultOf({ client: newcomer(), shareWith: holder })).toEqual(['unprocessable', 'shareWith']);
    expect(await faultOf({ client: nadia, shareWith: holder })).toEqual(['unprocessable', 'shareWith']);
    expect(await faultOf({ client: { ...anna, email: other.email }, shareWith: holder })).toEqual([
      'unprocessable',
      'client',
    ]);
    expect(await faultOf({ client: undefined, clientId: holder, shareWith: holder })).toEqual([
      'invalid_request',
      'shareWith',
    ]);
  });
});
