import { randomUUID } from 'node:crypto';
import { minute, second } from '../../support/durations.ts';
import { noteBooked, sendForm } from '../model/acts/bookings.ts';
import { clockText, dateAfter, halfHourOf } from '../model/acts/calendar.ts';
import type { Step } from '../model/histories.ts';
import type { Offer } from '../model/model.ts';
import { createPlayer } from '../model/play.ts';
import { Disagreement, demand, inWords, must, outcomeOf, type Scene } from '../model/scene.ts';
import { createExplain, type Standing, type Told } from './explain.ts';
import type { OfWaiting, WaitingStep } from './histories.ts';
import { createLine, type Entry, type Happening, isQuiet, morningAfter } from './line.ts';

const mostFreeNow = 5;

/** Plays a history with people who wait. After each step all settles, and what the system offers must follow from it. */
export const createWaitingPlayer = (scene: Scene) => {
  const { api, desk, model, people, now } = scene;
  const { system, catalogue } = scene.world;
  const rules = createLine(model, people);
  const explain = createExplain(model, rules);
  const { offerMinutes } = catalogue.settings.waitingList;
  let standing: Standing = { line: [], kept: [], held: [] };
  /** To whom each offer was made, by its id. */
  const made = new Map<string, string>();

  const askSystem = async (): Promise<Told> => {
    const { entries } = must(await desk.listWaiting({ query: { locationId: 'brooklyn' } }), 'listing who waits');
    const known = new Map(standing.line.map((entry) => [entry.id, entry]));
    const ours = entries.filter(({ id }) => known.has(id));
    const order = standing.line.map(({ id }) => id).filter((id) => ours.some((each) => each.id === id));
    demand(
      ours.map(({ id }) => id).join() === order.join(),
      () => `the line is ${ours.map(({ id }) => id)}, not ${order}`,
    );
    return new Map(
      ours.map(({ id, status, offer }) => {
        const { serviceId = '', seats = 1 } = known.get(id) ?? {};
        const theirs = offer && {
          id: offer.id,
          serviceId,
          seats,
          personId: offer.staff[0]?.id ?? '',
          startsAt: Date.parse(offer.startsAt),
          expiresAt: Date.parse(offer.expiresAt),
        };
        return [id, { status: status === 'offered' ? 'offered' : 'waiting', offer: theirs }];
      }),
    );
  };

  const noteOffers = (): void => {
    for (const { offer, email } of standing.line) {
      if (!offer || made.has(offer.id)) continue;
      made.set(offer.id, email);
      const minutes = (offer.expiresAt - now()) / minute;
      demand(minutes > offerMinutes - 1 && minutes <= offerMinutes + 1, () => `an offer stands for ${minutes} minutes`);
    }
    const ends = system.schedules().filter(({ name }) => name.startsWith('offer.'));
    const found = ends.map(({ name, dueAt }) => `${name} ${dueAt}`).sort();
    const right = model.offers.map(({ id, expiresAt }) => `offer.${id} ${expiresAt}`).sort();
    demand(found.join() === right.join(), () => `ends of offers are planned: ${found}, where ${right} is right`);
  };

  /** What has happened has its consequences. `at`: when. */
  const follow = async (chains: readonly (readonly Happening[])[], at: number): Promise<void> => {
    const freed = model.freed.map((span): Happening[] => [{ what: 'freed', span }]);
    model.freed = [];
    await system.settle();
    const found = explain(standing, [...chains, ...freed], await askSystem(), at);
    if ('faults' in found) throw new Disagreement(`at ${new Date(at).toISOString()}: ${found.faults.join('\n')}`);
    standing = found.standing;
    noteOffers();
  };

  const ends = (): number[] => [
    ...model.offers.map(({ expiresAt }) => expiresAt),
    ...standing.held.map((each) => each.at),
  ];

  /** Stops at every moment at which an offer or a form's hold ends, or those who were spared at night are asked. */
  const windTo = async (target: number): Promise<void> => {
    const morning = standing.kept.length > 0 ? morningAfter(now()) : Number.POSITIVE_INFINITY;
    const due = Math.min(morning, ...ends());
    if (due > target) {
      // What happened on the way has taken its own time.
      if (target - now() > second) await system.windTo(target);
      return model.passed(now());
    }
    await system.windTo(Math.max(due, now() + 10));
    model.passed(due);
    const over = standing.line.filter(({ offer }) => offer?.expiresAt === due);
    const chains = over.map(({ id }): Happening[] => [{ what: 'over', entryId: id }]);
    if (due === morning) {
      chains.push(...standing.kept.map((freed): Happening[] => [{ what: 'freed', ...freed }]));
      standing = { ...standing, kept: [] };
    }
    const left = standing.held.filter((each) => each.at === due);
    chains.push(...left.map(({ span }): Happening[] => [{ what: 'freed', span, perhaps: true }]));
    standing = { ...standing, held: standing.held.filter((each) => each.at !== due) };
    await follow(chains, due);
    await windTo(target);
  };

  const playDiary = createPlayer(scene, windTo, ends);

  const change = (entry: Entry, changes: Partial<Entry>): void => {
    const line = standing.line.map((each) => (each.id === entry.id ? { ...entry, ...changes } : each));
    standing = { ...standing, line };
  };
  const nth = <T>(all: readonly T[], which: number): T | undefined => all[which % Math.max(1, all.length)];
  const offered = (which: number): (Entry & { offer: Offer }) | undefined =>
    nth(
      standing.line.filter((entry): entry is Entry & { offer: Offer } => entry.offer !== undefined),
      which,
    );

  const join = async (step: OfWaiting<'join'>): Promise<void> => {
    const service = catalogue.services[step.service];
    if (!service) return;
    const personId = people[step.person];
    const from = dateAfter(now(), step.day);
    const to = dateAfter(now(), step.day + step.days);
    const hours = step.hours && {
      from: halfHourOf(step.hours.from),
      until: halfHourOf(step.hours.from + step.hours.length),
    };
    const seats = service.seats ? step.seats : 1;
    const email = scene.emailOf(step.client);
    const { token: formToken } = await scene.form('everybody');
    const answer = await api.joinWaitingList({
      body: {
        locationId: 'brooklyn',
        services: [service.id],
        staff: personId ? [personId] : [],
        seats,
        from,
        to,
        ...(hours ? { timesOfDay: { from: clockText(hours.from), until: clockText(hours.until) } } : {}),
        client: { firstName: 'Nadia', email, language: 'en' },
        formToken,
      },
      idempotencyKey: randomUUID(),
    });
    const { id, token, status, freeNow } = must(answer, 'joining');
    demand(status === 'waiting', () => `who joins is ${status}`);
    const entry: Entry = {
      id,
      token,
      email,
      serviceId: service.id,
      personId,
      seats,
      from,
      to,
      hours: hours ?? undefined,
      status: 'waiting',
      offer: undefined,
      passed: [],
    };
    const told = freeNow.map(({ startsAt }) => new Date(startsAt).toISOString()).join();
    const right = rules
      .freeNow(entry, now(), mostFreeNow)
      .map((start) => new Date(start).toISOString())
      .join();
    demand(told === right, () => `free now is said to be ${told}, and is ${right}`);
    standing = { ...standing, line: [...standing.line, entry] };
  };

  const take = async ({ which, presses }: OfWaiting<'take'>): Promise<void> => {
    const entry = offered(which);
    if (!entry) return;
    const { offer, token } = entry;
    const press = () => api.takeOffer({ params: { token }, body: { offerId: offer.id } });
    const answers = await Promise.all(Array.from({ length: presses }, press));
    const [first, ...others] = answers.map((answer) => must(answer, `taking ${inWords(offer)}`));
    if (!first) return;
    demand(
      others.every(({ id }) => id === first.id),
      () => `pressed twice, booked twice: ${first.id}`,
    );
    demand(
      Date.parse(first.startsAt) === offer.startsAt,
      () => `${inWords(offer)} was offered, ${first.startsAt} booked`,
    );
    change(entry, { status: 'booked', offer: undefined });
    const { serviceId, personId, startsAt, seats } = offer;
    noteBooked(scene, first, { serviceId, personId, startsAt, seats, anyone: entry.personId === undefined });
  };

  const takeAnothers = async ({ which }: OfWaiting<'takeAnothers'>): Promise<void> => {
    const theirs = offered(which);
    const entry = nth(
      standing.line.filter(({ id }) => id !== theirs?.id),
      which,
    );
    if (!theirs || !entry) return;
    const params = { token: entry.token };
    const answer = await api.takeOffer({ params, body: { offerId: theirs.offer.id } });
    const isOver = entry.status === 'booked' || entry.status === 'left';
    const isLapsed = entry.status === 'waiting' && dateAfter(now(), 0) > entry.to;
    const right = isOver || isLapsed ? 'status_conflict' : 'offer_expired';
    demand(outcomeOf(answer) === right, () => `another's offer: ${outcomeOf(answer)} to who is ${entry.status}`);
  };

  const decline = async ({ which, stranger }: OfWaiting<'decline'>): Promise<Happening[]> => {
    const entry = offered(which);
    if (!entry) return [];
    const { offer, token, id } = entry;
    const form = await scene.form('everybody');
    const [declined, wanted] = await Promise.all([
      api.declineOffer({ params: { token }, body: { offerId: offer.id } }),
      stranger ? sendForm(scene, offer, scene.emailOf('stranger'), form.token) : undefined,
    ]);
    must(declined, 'declining');
    if (!wanted?.ok) return [{ what: 'over', entryId: id }];
    model.offers = model.offers.filter((each) => each.id !== offer.id);
    const next = standing.line.find((each) => each.id !== id && rules.bestFor(each, rules.reachOf(offer), now()));
    const best = next && !isQuiet(now()) ? rules.bestFor(next, rules.reachOf(offer), now()) : undefined;
    const isTheirs = best?.startsAt === offer.startsAt && best.people.join() === offer.personId;
    const hasSeats = model.serviceOf(offer.serviceId)?.seats !== undefined;
    demand(!isTheirs || hasSeats, () => `a stranger got ${inWords(offer)} before ${next?.id}, who was next`);
    demand(!model.isTaken(offer), () => `a stranger got ${inWords(offer)}, which is taken`);
    const { serviceId, personId, startsAt, seats } = offer;
    noteBooked(scene, wanted.data, { serviceId, personId, startsAt, seats });
    return [{ what: 'over', entryId: id }];
  };

  const leave = async (entry: Entry): Promise<Happening[]> => {
    const answer = await api.leaveWaitingList({ params: { token: entry.token } });
    const isLapsed = entry.status === 'waiting' && dateAfter(now(), 0) > entry.to;
    const right = entry.status === 'booked' || isLapsed ? 'status_conflict' : 'ok';
    demand(outcomeOf(answer) === right, () => `leaving: ${outcomeOf(answer)} to who is ${entry.status}`);
    if (right !== 'ok') return [];
    change(entry, { status: 'left' });
    return entry.offer ? [{ what: 'over', entryId: entry.id }] : [];
  };

  const grab = async ({ which }: OfWaiting<'grab'>): Promise<void> => {
    const { offer } = offered(which) ?? {};
    if (!offer) return;
    const wish = { ...offer, seats: 1 };
    const right = scene.isShort(wish) ? 'time_unavailable' : model.isTaken(wish) ? 'time_taken' : 'ok';
    const form = await scene.form('everybody');
    const answer = await sendForm(scene, wish, scene.emailOf('stranger'), form.token);
    demand(outcomeOf(answer) === right, () => `grabbing ${inWords(wish)}: ${outcomeOf(answer)}, not ${right}`);
    const { serviceId, personId, startsAt, seats } = wish;
    if (answer.ok) noteBooked(scene, answer.data, { serviceId, personId, startsAt, seats });
  };

  const playWaiting = async (step: WaitingStep): Promise<Happening[]> => {
    switch (step.do) {
      case 'join':
        await join(step);
        return [];
      case 'take':
        await take(step);
        return [];
      case 'takeAnothers':
        await takeAnothers(step);
        return [];
      case 'decline':
        return decline(step);
      case 'leave': {
        const entry = nth(standing.line, step.which);
        return entry ? leave(entry) : [];
      }
      case 'grab':
        await grab(step);
        return [];
      case 'miss': {
        const next = Math.min(...model.offers.map(({ expiresAt }) => expiresAt));
        if (Number.isFinite(next)) await windTo(next + minute / 2);
        return [];
      }
    }
  };

  return {
    made,
    standStill: playDiary.standStill,

    async play(step: Step | WaitingStep): Promise<void> {
      await playDiary.standStill();
      const happened = playDiary.isOne(step) ? await playDiary.play(step) : await playWaiting(step);
      await follow(happened ? [happened] : [], now());
    },

    /** Nobody waits any more. */
    async goHome(): Promise<void> {
      for (const { id } of standing.line) {
        await playDiary.standStill();
        const entry = standing.line.find((each) => each.id === id);
        if (entry) await follow([await leave(entry)], now());
      }
    },

    /** Everybody heard of what was offered to them, once, and of nothing else. */
    mailFaults(): string[] {
      const emails = new Set(standing.line.map(({ email }) => email));
      const told = system.mailbox
        .list({ channel: 'email' })
        .filter(
          ({ to, tags }) => /_waiting-offer_/.test(tags['message'] ?? '') && to.some((email) => emails.has(email)),
        )
        .map(({ to, tags }) => `${tags['message']} to ${to}`)
        .sort();
      const right = [...made].map(([id, email]) => `${id}_waiting-offer_0 to ${email}`).sort();
      return told.join() === right.join() ? [] : [`offers were told: ${told}; and made: ${right}`];
    },
  };
};
