import { randomUUID } from 'node:crypto';
import { createIdentity } from '../../infra/local/gateway/identity.ts';
import { roles } from '../../shared/platform/http/contract.ts';
import { bookAs, consent } from '../support/world/messages.ts';
import { bookingOf, mustBook, startWorld, type World } from '../support/world/world.ts';
import { createKnown, type Known, kindOf } from './api/known.ts';

/** Page letters and the API's word for what their tokens open. */
const linkKinds = { a: 'links', r: 'reviews', u: 'subscriptions', w: 'waiting' } as const;

interface Lived {
  series: { id: string; occurrences: string[] };
  appointments: string[];
  waiting: { id: string; token: string }[];
}

const waitFor = async (world: World, date: string): Promise<Lived['waiting'][number]> => {
  const { client, formToken } = await bookingOf(world.api);
  const outcome = await world.api.joinWaitingList({
    idempotencyKey: randomUUID(),
    body: { locationId: 'brooklyn', services: ['cut'], staff: ['amina'], from: date, to: date, client, formToken },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.data;
};

const seriesFrom = async (world: World, startsAt: string): Promise<Lived['series']> => {
  const { locationId, services, client } = await bookingOf(world.api);
  const outcome = await world.as('reception').bookSeries({
    idempotencyKey: randomUUID(),
    body: { locationId, services, client, startsAt, rule: { every: 'weeks', interval: 1, count: 5 } },
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  const { id, occurrences } = outcome.data;
  return { id, occurrences: occurrences.map(({ appointmentId }) => appointmentId) };
};

/** Some visits were six weeks ago, others lie ahead. */
const live = async (world: World): Promise<Lived> => {
  const visits = [
    await bookAs(world, {}, { consents: consent('email') }),
    await bookAs(world, {}, { startsAt: '2026-11-24T12:00', consents: consent('email') }),
    await bookAs(world, {}, { startsAt: '2026-11-24T14:00', consents: consent('email') }),
  ];
  await world.system.windTo(Date.parse('2026-11-24T21:00:00Z'));
  for (const [index, { id }] of visits.entries())
    await world.as('reception').markAppointment({
      params: { appointmentId: id },
      body: { status: index < 2 ? 'completed' : 'no_show' },
    });
  // The invitations to come back, with links that unsubscribe, lie six weeks ahead.
  await world.system.windBy(44 * 86_400_000);
  const now = new Date(world.system.clock.now()).toISOString().slice(0, 10);
  const ahead = [];
  for (const hour of ['09', '11', '13', '15', '17']) {
    ahead.push(await mustBook(world.api, { startsAt: `${daysAfter(now, 4)}T${hour}:00` }));
  }
  const waiting = [];
  for (const days of [4, 4, 5, 6, 7, 8, 9, 10]) waiting.push(await waitFor(world, daysAfter(now, days)));
  // The first of those who wait is offered what becomes free.
  await world.api.cancelByLink({ params: { token: ahead[0]?.token ?? '' } });
  await world.api.confirmByLink({ params: { token: ahead[1]?.token ?? '' } });
  const series = await seriesFrom(world, `${daysAfter(now, 12)}T11:00`);
  await world.system.settle();
  return { series, appointments: [...visits, ...ahead].map(({ id }) => id), waiting };
};

export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const linksIn = (text: string): [letter: string, token: string][] =>
  [...text.matchAll(/\/(\w)\/([0-9a-z]{22}[\w-]{22})/g)].map(([, letter = '', token = '']) => [letter, token]);

/** Every link that has ever been sent. */
const learnLinks = (world: World, known: Known): void => {
  for (const { text } of [...world.mails(), ...world.texts()])
    for (const [letter, token] of linksIn(text)) {
      known.add(`token/${letter}`, token);
      known.add(`token/${linkKinds[letter as keyof typeof linkKinds] ?? letter}`, token);
      known.add('token', token);
    }
};

/** A salon with a past and a future, and what its callers know of it. */
export const startLivedIn = async () => {
  const world = await startWorld();
  const { appointments, series, waiting } = await live(world);
  const known = createKnown();
  const { catalogue, system } = world;
  for (const [kind, entries] of Object.entries(catalogue))
    if (Array.isArray(entries)) known.add(kindOf(kind), ...entries.map(({ id }) => id));
  known.add('staff', 'anyone');
  known.add('firstname', 'Nadia', 'নাদিয়া', 'Надя', "O'Brien");
  known.add('lastname', 'Karim', 'रहमान', '李');
  known.add('zone', 'America/New_York', 'Asia/Dhaka', 'Asia/Kolkata');
  known.add('offset', 'PT0S', '-P1D', 'PT2H', 'P42D');
  known.add('phone', '+1 718 555 0123', '(718) 555-0144', '+44 20 7946 0958', '+8801711000001');
  known.add('website', '');
  known.add('language', 'en', 'bn', 'hi', 'ru');
  known.add('appointment', ...appointments);
  known.add(kindOf('seriesId'), series.id);
  known.add('occurrence', ...series.occurrences);
  for (const { id, token } of waiting) {
    known.add('waiting', id);
    for (const place of ['w', 'waiting']) known.add(`token/${place}`, token);
  }
  for (const locationId of ['brooklyn', 'los-feliz'])
    for (let date = '2026-11-20', count = 0; count < 70; date = daysAfter(date, 1), count += 1) {
      const diary = await world.as('owner').getDiary({ query: { locationId, date } });
      if (diary.ok) for (const { clientId } of diary.data.appointments) known.add('client', clientId);
    }
  for (let person = 0; person < 12; person += 1) known.add('sub', system.invite(`person-${person}@salon.example`));
  learnLinks(world, known);
  const form = await world.api.getFormToken({});
  if (form.ok) known.add(kindOf('formToken'), form.data.formToken);
  const foreign = createIdentity(Buffer.from('a key of somebody else'), system.clock.now);
  const bearers: Record<string, string> = {
    ...Object.fromEntries(roles.map((role) => [role, system.token(role)])),
    foreign: foreign.token('owner'),
    expired: system.token('owner', undefined, -60),
    garbage: 'a.b.c',
  };
  return {
    world,
    known,
    appointments,
    waiting: waiting.map(({ id }) => id),
    bearers,
    learnLinks: () => learnLinks(world, known),
  };
};
