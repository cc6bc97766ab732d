import { expect, it } from 'vitest';
import { Problem } from '../../../../shared/platform/http/problems.ts';
import type { Binding } from '../../../../shared/platform/http/server.ts';
import { watched } from '../../../../shared/platform/limits/watched.ts';

it.each([
  ['a booking', 'createAppointment', undefined, ['OnlineBooking']],
  ['a place on the waiting list', 'joinWaitingList', undefined, ['WaitingListJoined']],
  ['a refusal for the number', 'createAppointment', new Problem('too_many_requests'), ['VisitorRefused']],
  ['a refusal of a bot', 'joinWaitingList', new Problem('form_rejected'), ['VisitorRefused']],
  ['no other act', 'moveByLink', undefined, []],
  ['no other problem', 'createAppointment', new Problem('busy'), []],
])('counts %s', async (_, id, problem, counted) => {
  const counts: string[] = [];
  const handle = async () => {
    if (problem) throw problem;
    return 'answer';
  };
  const binding = watched({ contract: { id }, handle } as unknown as Binding, { count: (name) => counts.push(name) });
  const outcome = Promise.resolve(binding.handle({} as never));
  await (problem ? expect(outcome).rejects.toBe(problem) : expect(outcome).resolves.toBe('answer'));
  expect(counts).toEqual(counted);
});
