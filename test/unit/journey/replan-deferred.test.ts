import { describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import { createDeferredReplan } from '../../../shared/journey/replan-deferred.ts';
import type { Message } from '../../../shared/messages/message.ts';
import { minute } from '../../support/durations.ts';
import { catalogueIndexOf, visitOf } from '../../support/unit/visits.ts';

const visit = visitOf();
const now = visit.bookedAt + 10 * minute;

/** Schedules that are put for the visit where this is what came of its confirmation. */
const plannedAgain = async (confirmation: Partial<Message> | undefined): Promise<[string, number, OutboxMessage][]> => {
  const planned: [string, number, OutboxMessage][] = [];
  const replan = createDeferredReplan({
    messages: {
      get: async ({ touchpoint }) => (touchpoint === 'confirmation' ? (confirmation as Message) : undefined),
    },
    schedules: { put: async (name, at, message) => void planned.push([name, at, message]), remove: async () => {} },
    now: () => now,
  });
  await replan(catalogueIndexOf(), visit);
  return planned;
};

describe('where the schedules are gone', () => {
  it('a confirmation that waited for room in the budget of its address is looked at again', async () => {
    expect(await plannedAgain({ status: 'retrying', reason: 'over_budget' })).toEqual([
      [
        `${visit.clientId}.confirmation.joined`,
        now + minute,
        { kind: 'touchpoint', appointmentId: visit.id, touchpointId: 'confirmation', sequence: 0, joined: true },
      ],
    ]);
  });

  it('one that was sent, or never begun, is left alone', async () => {
    expect(await plannedAgain({ status: 'sent' })).toEqual([]);
    expect(await plannedAgain(undefined)).toEqual([]);
  });
});
