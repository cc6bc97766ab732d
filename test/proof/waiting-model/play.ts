import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { waitingEntryAnswer } from '../../../shared/waiting-list/contract.ts';
import { minute, second } from '../../support/durations.ts';
import { noteBooked, sendForm } from '../model/acts/bookings.ts';
import { clockText, dateAfter, halfHourOf } from '../model/acts/calendar.ts';
import type { Step } from '../model/histories.ts';
import type { Offer } from '../model/model.ts';
import { createPlayer } from '../model/play.ts';
import { Disagreement, demand, inWords, must, outcomeOf, type Scene } from '../model/scene.ts';
import { createExplain, type Standing, type Told } from './explain.ts';
import type { OfWaiting, WaitingStep } from './histories.ts';
import { createLine, type Entry, type Happening, isQuiet, morningAfter, rankingOf } from './line.ts';

const mostFreeNow = 5;

type DeskWaiting = z.output<typeof waitingEntryAnswer>;

/** Plays a history with people who wait. After each step all settles, and what the system offers must follow from it. */
export const createWaitingPlayer = (scene: Scene) => {
  const { api, desk, model, people, now } = scene;
  const { system, catalogue } = scene.world;
  const rules = createLine(model, people);
  const explain = createExplain(model, rules);
  const { offerMinutes } = catalogue.settings.waitingList;
  let standing: Standing = { line: [], kept: [], held: [], asked: [] };
  /** To whom each offer was made, by its id. */
  const made = new Map<string, string>();

  const proven = new Set<string>();
  let rankings = new Map<string, string>();

  const listed = async () => {
    const entries: DeskWaiting[] = [];
    let cursor: string | undefined;
    do {
      const page = must(
        await desk.listWaiting({ query: { locationId: 'brooklyn', limit: 3, ...(cursor ? { cursor } : {}) } }),
        'listing who waits',
      );
      entries.push(...page.entries);
      cursor = page.cursor;
    } while (cursor);
    return entries;
  };

  const askSystem = async (): Promise<Told> => {
    const entries = await listed();
    const known = new Map(standing.line.map((entry) => [entry.id, entry]));
    const ours = entries.filter(({ id }) => known.has(id));
    rankings = new Map(ours.map(({ id, ranking }) => [id, ranking]));
    const inLine = [...standing.line.filter(({ isProven }) => isProven), ...standing.line.filter((e) => !e.isProven)];
    const order = inLine.map(({ id }) => id).filter((id) => ours.some((each) => each.id === id));
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
    for (const entry of standing.line) {
      const told = rankings.get(entry.id);
      const right = rankingOf(entry);
      demand(told === undefined || told === right, () => `${entry.id} is said to be ${told}, and is ${right}`);
    }
    const ends = system.schedules().filter(({ name }) => name.startsWith('offer.'));
    const found = ends.map(({ name, dueAt }) => `${name} ${dueAt}`).sort();
    const right = model.offers.map(({ id, expiresAt }) => `offer.${id} ${expiresAt}`).sort();
    demand(found.join() === right.join(), () => `ends of offers are planned: ${found}, where ${right} is right`);
  };

  /** What has happened has its consequences. `at`: when. */
  const follow = async (chains: readonly (readonly Happening[])[], at: number): Promise<void> => {
    const freed = model.freed.map((each): Happening[] => [{ what: 'freed', ...each }]);
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
    const chains = over.map(({ id }): Happening[] => [{ what: 'over', entryId: id, isMissed: true }]);
    if (due === morning) {
      chains.push(...standing.kept.map((freed): Happening[] => [{ what: 'freed', ...freed }]));
      standing = { ...standing, kept: [] };
    }
    const left = standing.held.filter((each) => each.at === due);
    chains.push(...left.map((each): Happening[] => [{ what: 'freed', ...each.freed, perhaps: true }]));
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

  /** All places of the client rank from now on. */
  const prove = (email: string): void => {
    proven.add(email);
    const line = standing.line.map((each) => (each.email === email ? { ...each, isProven: true } : each));
    standing = { ...standing, line };
  };

  /** The token of the link that went to the address of whoever has joined. */
  const sentToken = async (id: string, email: string): Promise<string> => {
    await system.settle();
    const mail = system.mailbox.list({ to: email }).find(({ tags }) => tags['message'] === `${id}_waiting-joined_0`);
    const token = /\/w\/([\w-]{44})/.exec(mail?.text ?? '')?.[1];
    demand(token !== undefined, () => `${email} has joined as ${id}, and heard nothing`);
    return token ?? '';
  };

  const stay = async (entry: Entry): Promise<void> => {
    const answer = await api.stayOnWaitingList({ params: { token: entry.token } });
    const isLapsed = entry.status === 'waiting' && dateAfter(now(), 0) > entry.to;
    const right = entry.status === 'booked' || entry.status === 'left' || isLapsed ? 'status_conflict' : 'ok';
    demand(outcomeOf(answer) === right, () => `staying: ${outcomeOf(answer)} to who is ${entry.status}`);
    const missed = right === 'ok' && entry.missed >= 3 ? 0 : entry.missed;
    change(entry, { missed, isProven: entry.isProven || right === 'ok' });
    // Where the address was proven before, each place is pressed for.
    if (!proven.has(entry.email)) prove(entry.email);
  };

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
    // Who waits has proved nothing by a visit.
    const email = scene.emailOf(`waits-${step.client}`);
    const formToken = await scene.freshForm();
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
    const { id, status, freeNow, ranking } = must(answer, 'joining');
    demand(status === 'waiting' && ranking === undefined, () => `who joins is ${status}, ${ranking}`);
    const wish: Entry = {
      id,
      token: await sentToken(id, email),
      email,
      serviceId: service.id,
      personId,
      seats,
      from,
      to,
      hours: hours ?? undefined,
      status: 'waiting',
      offer: undefined,
      gap: undefined,
      freeThen: new Set(),
      passed: [],
      missed: 0,
      isProven: false,
    };
    const told = freeNow.map(({ startsAt }) => new Date(startsAt).toISOString()).join();
    const right = rules
      .freeNow(wish, now(), mostFreeNow)
      .map((start) => new Date(start).toISOString())
      .join();
    demand(told === right, () => `free now is said to be ${told}, and is ${right}`);
    const freeThen = new Set(rules.freeNow(wish, now(), Number.POSITIVE_INFINITY));
    const entry = { ...wish, freeThen };
    standing = { ...standing, line: [...standing.line, entry] };
    if (step.proves) await stay(entry);
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
    prove(entry.email);
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
    const formToken = await scene.freshForm();
    const [declined, wanted] = await Promise.all([
      api.declineOffer({ params: { token }, body: { offerId: offer.id } }),
      stranger ? sendForm(scene, offer, scene.emailOf('stranger'), formToken) : undefined,
    ]);
    must(declined, 'declining');
    if (!wanted?.ok) return [{ what: 'over', entryId: id }];
    model.offers = model.offers.filter((each) => each.id !== offer.id);
    const freed = rules.releasedBy(entry, offer);
    const bestOf = (each: Entry) => rules.bestFor(each, freed, now(), standing.asked);
    const next = standing.line.find((each) => each.id !== id && bestOf(each));
    const best = next && !isQuiet(now()) ? bestOf(next) : undefined;
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
    const answer = await sendForm(scene, wish, scene.emailOf('stranger'), await scene.freshForm());
    demand(outcomeOf(answer) === right, () => `grabbing ${inWords(wish)}: ${outcomeOf(answer)}, not ${right}`);
    const { serviceId, personId, startsAt, seats } = wish;
    if (answer.ok) noteBooked(scene, answer.data, { serviceId, personId, startsAt, seats });
  };

  const playWaiting = async (step: WaitingStep): Promise<Happening[]> => {
    switch (step.do) {
      case 'join':
        await join(step);
        return [];
      case 'stay': {
        const entry = nth(standing.line, step.which);
        if (entry) await stay(entry);
        return [];
      }
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

    /** Everybody heard of their place on the list and of what was offered to them, once, and of nothing else. */
    mailFaults(): string[] {
      const emails = new Set(standing.line.map(({ email }) => email));
      const told = system.mailbox
        .list({ channel: 'email' })
        .filter(({ to, tags }) => /_waiting-/.test(tags['message'] ?? '') && to.some((email) => emails.has(email)))
        .map(({ to, tags }) => `${tags['message']} to ${to}`)
        .sort();
      const right = [
        ...[...made].map(([id, email]) => `${id}_waiting-offer_0 to ${email}`),
        ...standing.line.map(({ id, email }) => `${id}_waiting-joined_0 to ${email}`),
      ].sort();
      return told.join() === right.join() ? [] : [`those who wait were told: ${told}; and should be: ${right}`];
    },
  };
};
