import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type VisitRequest, weightOf } from '../../../../shared/booking/slots/request.ts';
import type { Service } from '../../../../shared/business/catalogue.ts';

type Times = Pick<Service, 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes'>;
const visit = (seats: number, ...services: Times[]): VisitRequest =>
  ({ seats, wanted: services.map((service) => ({ service })) }) as unknown as VisitRequest;
const lasting = (durationMinutes: number, bufferAfterMinutes = 0, bufferBeforeMinutes = 0): Times => ({
  durationMinutes,
  bufferBeforeMinutes,
  bufferAfterMinutes,
});

it.each([
  ['half an hour', visit(1, lasting(30, 5)), 1],
  ['an hour with its usual pause', visit(1, lasting(60, 10)), 1],
  ['an hour with a longer pause', visit(1, lasting(60, 11)), 2],
  ['sixty-one minutes', visit(1, lasting(61)), 2],
  ['four hours', visit(1, lasting(240, 10)), 4],
  ['four hours with long pauses', visit(1, lasting(240, 15, 5)), 5],
  ['two services, one after another', visit(1, lasting(120), lasting(60)), 3],
  ['six seats of an hour', visit(6, lasting(60, 10)), 6],
  ['five minutes, cleaned up after for four hours', visit(1, lasting(5, 240)), 4],
])('%s', (_, asked, weight) => {
  expect(weightOf(asked)).toBe(weight);
});

it('no unit takes more than 70 minutes of a person, buffers of each service included', async () => {
  const times = fc.record({
    durationMinutes: fc.integer({ min: 5, max: 240 }),
    bufferBeforeMinutes: fc.integer({ min: 0, max: 240 }),
    bufferAfterMinutes: fc.integer({ min: 0, max: 240 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 1, maxLength: 8 }), async (services) => {
      const taken = services.reduce(
        (sum, { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes }) =>
          sum + durationMinutes + bufferBeforeMinutes + bufferAfterMinutes,
        0,
      );
      expect(taken).toBeLessThanOrEqual(70 * weightOf(visit(1, ...services)));
    }),
  );
});
