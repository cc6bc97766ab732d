import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day, hour, minute } from '../support/durations.ts';
import { startWorld, type World } from '../support/world/world.ts';
import { enlarge } from './big-salon.ts';
import { patience } from './patience.ts';

/** `npm run proof` takes 100. */
const numRuns = Number(process.env['BUDGET_RUNS'] ?? '12');

const budget = { perHour: 6, perDay: 15, unprovenPerHour: 2, unprovenPerDay: 4 };
const people = 40;

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    enlarge(catalogue, people);
    catalogue.settings.messageBudget = { ...budget };
    catalogue.settings.booking.movesOnline = 5;
  });
});
afterAll(() => world.system.close());

/** Presses on pages. `which` chooses among the appointments or entries that there are. */
type Press =
  | { kind: 'book'; again: boolean }
  | { kind: 'move' | 'cancel' | 'confirm' | 'open-mail'; which: number; again: boolean }
  | { kind: 'wait'; which: number }
  | { kind: 'pass'; minutes: number };

const which = fc.nat({ max: 30 });
const again = fc.boolean();
const pressed = fc.constantFrom('move' as const, 'cancel' as const, 'confirm' as const, 'open-mail' as const);
const press: fc.Arbitrary<Press> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('book' as const), again }) },
  { weight: 6, arbitrary: fc.record({ kind: pressed, which, again }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 5, 20, 50, 300) }),
  },
);

/** The most that lies in any window of this length. */
const mostWithin = (instants: readonly number[], window: number): number =>
  Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + window).length));

let runs = 0;

/** Plays the presses for addresses that nobody has used before; answers when what was sent to each. */
const play = async (presses: readonly Press[], mayOpenMail: boolean) => {
  const { api, system } = world;
  runs += 1;
  const [email, phone] = [`target${runs}@example.com`, `+1718556${String(1000 + runs)}`];
  const client = { firstName: 'Nadia', email, phone, language: 'en' as const };
  const form = await api.getFormToken({});
  const formToken = form.ok ? form.data.formToken : '';
  const tokens: string[] = [];
  const tomorrow = new Date(system.clock.now() + 40 * hour).toISOString().slice(0, 10);
  let next = runs * 7;
  const freeTime = (): { startsAt: string; staffId: string } => {
    next += 1;
    return { startsAt: `${tomorrow}T${10 + (next % 8)}:00`, staffId: `person-${1 + (Math.floor(next / 8) % people)}` };
  };
  const twice = async (isAgain: boolean, act: () => Promise<unknown>): Promise<void> => {
    await act();
    if (isAgain) await act();
  };
  const byLink = async (kind: 'move' | 'cancel' | 'confirm', token: string, isAgain: boolean): Promise<void> => {
    const params = { token };
    const { startsAt } = freeTime();
    const acts = {
      move: () => api.moveByLink({ params, body: { startsAt } }),
      cancel: () => api.cancelByLink({ params }),
      confirm: () => api.confirmByLink({ params }),
    };
    await twice(isAgain, acts[kind]);
  };

  for (const each of presses) {
    if (each.kind === 'book') {
      const { startsAt, staffId } = freeTime();
      const services = [{ serviceId: 'cut-short', staffId }];
      const request = {
        idempotencyKey: randomUUID(),
        body: { locationId: 'brooklyn', startsAt, services, client, formToken },
      };
      await twice(each.again, async () => {
        const booked = await api.createAppointment(request);
        if (booked.ok) tokens.push(booked.data.token);
      });
    } else if (each.kind === 'wait') {
      await api.joinWaitingList({
        idempotencyKey: randomUUID(),
        body: {
          locationId: 'brooklyn',
          services: ['cut-short'],
          staff: [],
          from: tomorrow,
          to: tomorrow,
          client,
          formToken,
        },
      });
    } else if (each.kind === 'pass') await system.windBy(each.minutes * minute);
    else if (each.kind === 'open-mail') {
      const links = system.mailbox.list({ to: email }).flatMap((mail) => mail.links);
      const [, token] = /\/a\/([\w.-]+)/.exec(links[each.which % Math.max(1, links.length)] ?? '') ?? [];
      if (mayOpenMail && token) await byLink('confirm', token, each.again);
    } else {
      const token = tokens[each.which % Math.max(1, tokens.length)];
      if (token) await byLink(each.kind, token, each.again);
    }
    if (each.kind !== 'pass') await system.settle();
  }
  await system.windBy(3 * day);
  const sent = (address: string) => system.mailbox.list({ to: address });
  expect([system.deadLetters(), system.failedRecords(), system.outbox()]).toEqual([[], [], []]);
  return { mails: sent(email), texts: sent(phone) };
};

const presses = fc.array(press, { minLength: 8, maxLength: 45 });

test(
  'whatever a stranger presses, an address that is not theirs gets two messages an hour and four a day',
  async () => {
    await fc.assert(
      fc.asyncProperty(presses, async (all) => {
        const { mails, texts } = await play(all, false);
        for (const messages of [mails, texts]) {
          const instants = messages.map(({ at }) => at);
          expect(mostWithin(instants, hour)).toBeLessThanOrEqual(budget.unprovenPerHour);
          expect(mostWithin(instants, day)).toBeLessThanOrEqual(budget.unprovenPerDay);
        }
      }),
      { numRuns, endOnFailure: true },
    );
  },
  patience,
);

test(
  'whatever a client presses who reads the mails, the address gets its budget, and reminders',
  async () => {
    await fc.assert(
      fc.asyncProperty(presses, async (all) => {
        const { mails } = await play(all, true);
        const caused = mails.filter(({ tags }) => tags['message']?.split('_')[1] !== 'reminder').map(({ at }) => at);
        expect(mostWithin(caused, hour)).toBeLessThanOrEqual(budget.perHour + budget.unprovenPerHour);
        expect(mostWithin(caused, day)).toBeLessThanOrEqual(budget.perDay + budget.unprovenPerDay);
      }),
      { numRuns, endOnFailure: true },
    );
  },
  patience,
);
