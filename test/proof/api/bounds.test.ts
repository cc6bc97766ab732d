import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../../shared/business/catalogue.ts';
import { contracts } from '../../../shared/contracts.ts';
import type { RouteContract } from '../../../shared/platform/http/contract.ts';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer } from '../../support/world/booking.ts';
import { hold } from '../../support/world/people.ts';
import { settingsOf } from '../../support/world/settings.ts';
import { type Api, startWorld, type World } from '../../support/world/world.ts';

type Console = Settings['console'];

let world: World;
let amina: Api;
let nobody: Api;
beforeAll(async () => {
  world = await startWorld();
  amina = await hold(world, 'staff', 'amina@example.com', { staffId: 'amina' });
  nobody = world.as('staff', 'of-old@example.com');
});
afterAll(() => world.system.close());

const setConsole = async (console: Partial<Console>): Promise<void> => {
  const { version, value } = (await settingsOf(world)).business;
  const changed = { ...value, console: { ...value.console, ...console } };
  dataOf(await world.as('owner').putBusiness({ ifMatch: version, body: { value: changed } }));
  // A warm function goes by what it has read for a minute.
  await world.system.windBy(2 * minute);
};

/** What somebody's work leaves in the diary. */
interface Work {
  staffId: string;
  locationId: string;
  clientId: string;
  appointmentId: string;
  seriesId: string;
  inSeries: string;
  blockId: string;
}

const made = new Map<string, number>();

/** A visit within a week, a series and a block of a person, made at the desk. */
const workOf = async (staffId: string, locationId = 'brooklyn'): Promise<Work> => {
  const desk = world.as('owner');
  const before = made.get(staffId) ?? 0;
  made.set(staffId, before + 1);
  const hour = 10 + 2 * Math.floor(before / 3);
  const at = (month: string, day: number, minutes = '00') => `2026-${month}-${day + (before % 3)}T${hour}:${minutes}`;
  const services = [{ serviceId: 'cut', staffId }];
  const booking = { locationId, services, client: newcomer(), override: { hours: true as const } };
  const visit = dataOf(
    await desk.bookAtDesk({ body: { ...booking, startsAt: at('11', 25) }, idempotencyKey: freshKey() }),
  );
  const series = dataOf(
    await desk.bookSeries({
      body: { ...booking, startsAt: at('12', 15), rule: { every: 'weeks', interval: 1, count: 2 } },
      idempotencyKey: freshKey(),
    }),
  );
  const [from, until] = [at('12', 11), at('12', 11, '50')];
  const block = dataOf(await desk.createBlock({ body: { staffId, from, until }, idempotencyKey: freshKey() }));
  return {
    staffId,
    locationId,
    clientId: visit.clientId,
    appointmentId: visit.id,
    seriesId: series.id,
    inSeries: series.occurrences[0]?.appointmentId ?? '',
    blockId: block.id,
  };
};

type Outcome = { ok: true } | { ok: false; problem: { code: string; detail?: string | undefined } };
interface Act {
  route: string;
  /** What plain staff need for it. `client`: a visit of their own with that client; `any`: nothing, they see less. */
  needs: 'see' | 'mark' | 'change' | 'client' | 'any';
  ask: (api: Api, work: Work) => Promise<Outcome>;
}

const aNewTime = '2026-12-08T10:00';
const key = () => ({ idempotencyKey: freshKey() });
const rule = { every: 'weeks' as const, interval: 1, count: 2 };
const serviceOf = ({ staffId }: Pick<Work, 'staffId'>) => [{ serviceId: 'cut', staffId }];

const lessonOf = ({ staffId, locationId }: Work) => ({
  params: { lessonId: `styling-class.${staffId}.${locationId}.hw0000` },
});

/** Every route that plain staff may call, in an order in which what changes something comes last. */
const acts: Act[] = [
  {
    route: 'getDiary',
    needs: 'any',
    ask: (api, { locationId }) => api.getDiary({ query: { locationId, date: '2026-11-25' } }),
  },
  {
    route: 'listLessons',
    needs: 'any',
    ask: (api, { locationId }) => api.listLessons({ query: { locationId, date: '2026-11-25' } }),
  },
  {
    route: 'getAppointment',
    needs: 'see',
    ask: (api, { appointmentId }) => api.getAppointment({ params: { appointmentId } }),
  },
  {
    route: 'getAppointmentHistory',
    needs: 'see',
    ask: (api, { appointmentId }) => api.getAppointmentHistory({ params: { appointmentId } }),
  },
  { route: 'getSeries', needs: 'see', ask: (api, { seriesId }) => api.getSeries({ params: { seriesId } }) },
  { route: 'getClient', needs: 'client', ask: (api, { clientId }) => api.getClient({ params: { clientId } }) },
  {
    route: 'listMessages',
    needs: 'client',
    ask: (api, { clientId }) => api.listMessages({ params: { clientId }, query: {} }),
  },
  {
    route: 'markAppointment',
    needs: 'mark',
    // Not today: whoever may do it hears of that.
    ask: (api, { appointmentId }) => api.markAppointment({ params: { appointmentId }, body: { status: 'arrived' } }),
  },
  { route: 'undoMark', needs: 'mark', ask: (api, { appointmentId }) => api.undoMark({ params: { appointmentId } }) },
  {
    route: 'checkSeries',
    needs: 'change',
    ask: (api, work) =>
      api.checkSeries({
        body: { locationId: work.locationId, startsAt: aNewTime, services: serviceOf(work), rule },
      }),
  },
  {
    route: 'bookAtDesk',
    needs: 'change',
    ask: (api, work) =>
      api.bookAtDesk({
        body: {
          locationId: work.locationId,
          startsAt: '2026-12-09T10:00',
          services: serviceOf(work),
          client: newcomer(),
        },
        ...key(),
      }),
  },
  {
    route: 'bookSeries',
    needs: 'change',
    ask: (api, work) =>
      api.bookSeries({
        body: {
          locationId: work.locationId,
          startsAt: '2026-12-10T10:00',
          services: serviceOf(work),
          rule,
          client: newcomer(),
        },
        ...key(),
      }),
  },
  {
    route: 'changeAppointment',
    needs: 'change',
    ask: (api, { appointmentId }) =>
      api.changeAppointment({ params: { appointmentId }, ifMatch: 999, body: { startsAt: aNewTime } }),
  },
  {
    route: 'changeLesson',
    needs: 'change',
    // Nobody comes to it: whoever may do it hears of that.
    ask: (api, work) => api.changeLesson({ ...lessonOf(work), ifMatch: 'a', body: { startsAt: aNewTime }, ...key() }),
  },
  {
    route: 'cancelLesson',
    needs: 'change',
    ask: (api, work) => api.cancelLesson({ ...lessonOf(work), ifMatch: 'a', body: {}, ...key() }),
  },
  {
    route: 'moveSeries',
    needs: 'change',
    ask: (api, { seriesId }) =>
      api.moveSeries({ params: { seriesId }, body: { scope: 'all', time: '12:05', check: true } }),
  },
  {
    route: 'cancelSeries',
    needs: 'change',
    ask: (api, { seriesId, inSeries }) =>
      api.cancelSeries({ params: { seriesId }, body: { scope: 'one', appointmentId: inSeries } }),
  },
  {
    route: 'createBlock',
    needs: 'change',
    ask: (api, { staffId }) =>
      api.createBlock({ body: { staffId, from: '2026-12-07T10:00', until: '2026-12-07T10:30' }, ...key() }),
  },
  { route: 'removeBlock', needs: 'change', ask: (api, { blockId }) => api.removeBlock({ params: { blockId } }) },
  {
    route: 'markAppointment',
    needs: 'change',
    ask: (api, { appointmentId }) => api.markAppointment({ params: { appointmentId }, body: { status: 'cancelled' } }),
  },
];

/** Routes that tell plain staff nothing of visits or clients. */
const harmless = ['getMe', 'startAuthenticator', 'confirmAuthenticator', 'changePassword'];

test('every route for plain staff stands in the list', () => {
  const routes: readonly RouteContract[] = contracts;
  const forStaff = routes.filter(({ caller }) => Array.isArray(caller) && caller.includes('staff')).map(({ id }) => id);
  expect([...new Set([...acts.map(({ route }) => route), ...harmless])].sort()).toEqual(forStaff.sort());
});

const refusal = (outcome: Outcome): string | undefined =>
  !outcome.ok && ['forbidden', 'unauthenticated', 'internal', 'invalid_request'].includes(outcome.problem.code)
    ? outcome.problem.code
    : undefined;

/** Names of the acts that are refused, in order. */
const refused = async (api: Api, work: Work): Promise<string[]> => {
  const names: string[] = [];
  for (const { route, needs, ask } of acts) {
    const code = refusal(await ask(api, work));
    if (code) expect(code, route).toBe('forbidden');
    if (code) names.push(`${route}: ${needs}`);
  }
  return names;
};
const needing = (...needs: Act['needs'][]): string[] =>
  acts.filter((act) => needs.includes(act.needs)).map((act) => `${act.route}: ${act.needs}`);

describe.each(['look', 'mark', 'change'] as const)('plain staff who may %s', (staffMay) => {
  const beyond = { look: ['mark', 'change'], mark: ['change'], change: [] } as const;

  test('do so with their own work, with others’ nothing', async () => {
    await setConsole({ staffSee: 'own', staffMay });
    const [own, others] = [await workOf('amina'), await workOf('marco')];
    expect(await refused(amina, own)).toEqual(needing(...beyond[staffMay]));
    expect(await refused(amina, others)).toEqual(needing('see', 'mark', 'change', 'client'));
  });

  test('do nothing without a row of their own', async () => {
    await setConsole({ staffSee: 'own', staffMay });
    expect(await refused(nobody, await workOf('amina'))).toEqual(needing('see', 'mark', 'change', 'client'));
  });
});

test('plain staff who may mark bring back no cancelled visit, nor give their own to others', async () => {
  await setConsole({ staffSee: 'own', staffMay: 'mark' });
  const { appointmentId, locationId } = await workOf('amina');
  const params = { appointmentId };
  dataOf(await world.as('owner').markAppointment({ params, body: { status: 'cancelled' } }));
  expect(refusal(await amina.undoMark({ params }))).toBe('forbidden');
  await setConsole({ staffMay: 'change' });
  const { version } = dataOf(await amina.undoMark({ params }));
  const give = { services: [{ serviceId: 'cut', staffId: 'marco' }] };
  expect(refusal(await amina.changeAppointment({ params, ifMatch: version, body: give }))).toBe('forbidden');
  const anyone = { locationId, startsAt: aNewTime, services: [{ serviceId: 'cut' }], client: newcomer() };
  expect(refusal(await amina.bookAtDesk({ body: anyone, ...key() }))).toBe('forbidden');
  const stranger = (await workOf('marco')).clientId;
  const again = { locationId, startsAt: aNewTime, services: serviceOf({ staffId: 'amina' }), clientId: stranger };
  expect(refusal(await amina.bookAtDesk({ body: again, ...key() }))).toBe('forbidden');
});

test('plain staff who see all look at others’ appointments, and change none, nor read the client’s card', async () => {
  await setConsole({ staffSee: 'all', staffMay: 'change' });
  expect(await refused(amina, await workOf('marco'))).toEqual(needing('mark', 'change', 'client'));
});

describe('who works at other locations', () => {
  test.each(['manager', 'reception'] as const)('%s does nothing at this one', async (role) => {
    const elsewhere = await hold(world, role, `${role}@los-feliz.example`, { locations: ['los-feliz'] });
    const here = await workOf('amina');
    // Clients are the whole business's.
    expect(await refused(elsewhere, here)).toEqual([
      'getDiary: any',
      'listLessons: any',
      ...needing('see', 'mark', 'change'),
    ]);
    const params = { appointmentId: here.appointmentId };
    const outcomes: Record<string, Outcome> = {
      approve: await elsewhere.approveAppointment({ params }),
      waiting: await elsewhere.listWaiting({ query: { locationId: 'brooklyn' } }),
      add: await elsewhere.addToWaitingList({
        body: {
          locationId: 'brooklyn',
          services: ['cut'],
          from: '2026-12-01',
          to: '2026-12-02',
          client: newcomer(),
        },
        ...key(),
      }),
      resend: await elsewhere.resendMessage({
        params: { clientId: here.clientId },
        body: { appointmentId: here.appointmentId, touchpoint: 'confirmation', occurrence: 0 },
        ...key(),
      }),
      give: await elsewhere.bookAtDesk({
        body: { locationId: 'brooklyn', startsAt: aNewTime, services: serviceOf(here), client: newcomer() },
        ...key(),
      }),
    };
    if (role === 'manager')
      outcomes['reviews'] = await elsewhere.listReviews({ query: { locationId: 'brooklyn', month: '2026-11' } });
    for (const [name, outcome] of Object.entries(outcomes)) expect(refusal(outcome), name).toBe('forbidden');
    dataOf(await elsewhere.getDiary({ query: { locationId: 'los-feliz', date: '2026-11-25' } }));
  });

  test('takes nobody off the waiting list of this one', async () => {
    const added = dataOf(
      await world.as('reception').addToWaitingList({
        body: { locationId: 'brooklyn', services: ['cut'], from: '2026-12-01', to: '2026-12-02', client: newcomer() },
        ...key(),
      }),
    );
    const elsewhere = await hold(world, 'reception', 'reception@los-feliz.example', { locations: ['los-feliz'] });
    const params = { waitingId: added.id };
    expect(refusal(await elsewhere.removeWaiting({ params }))).toBe('forbidden');
    dataOf(await world.as('reception').removeWaiting({ params }));
  });

  test('is no owner: an owner works everywhere, whatever is held of them', async () => {
    const owner = await hold(world, 'owner', 'owner@los-feliz.example', { locations: ['los-feliz'] });
    dataOf(await owner.getDiary({ query: { locationId: 'brooklyn', date: '2026-11-25' } }));
  });
});
