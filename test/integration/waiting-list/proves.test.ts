import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer, raw, rowsOf } from '../../support/world/booking.ts';
import { staffOf } from '../../support/world/desk.ts';
import { allTaken, deliver, tokenSentTo } from '../../support/world/messages.ts';
import { openTable } from '../../support/world/table.ts';
import {
  bookCut,
  cancel,
  date,
  fillIn,
  join,
  joinBody,
  look,
  oneHourDays,
  statusOf,
  stay,
  waitingTokenSentTo,
} from '../../support/world/waiting.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
const open = async (...options: Parameters<typeof startWorld>) => {
  await world?.system.close();
  world = await startWorld(...options);
};
afterAll(() => world.system.close());
const salon = () => open({}, (catalogue) => oneHourDays(catalogue));

const desk = () => world.as('reception');
const listed = async () =>
  dataOf(await desk().listWaiting({ query: { locationId: 'brooklyn' } })).entries.map(({ id, ranking }) => [
    id,
    ranking,
  ]);
const sentTo = (address: string, touchpoint: string) =>
  world.system.mailbox
    .list({ to: address })
    .filter(({ tags, text }) => (tags['message'] ? tags['message'].includes(touchpoint) : text.includes('/w/')));

describe('who joins with an address that nobody has proved', () => {
  beforeEach(salon);

  it('gets one message, however often it falls due, and is offered nothing before a press in it', async () => {
    const visit = await bookCut(world);
    const client = newcomer();
    const { id } = await fillIn(world, { client });
    const token = await waitingTokenSentTo(world, client.email);
    expect(await deliver(world.system, ...Array(3).fill({ kind: 'waiting-joined', entryId: id }))).toEqual(allTaken);
    await world.system.settle();
    expect(sentTo(client.email, 'waiting-joined').map(({ text }) => /confirm by the link/.test(text))).toEqual([true]);

    await cancel(world, visit);
    expect(await look(world, token)).toMatchObject({
      status: 'waiting',
      ranking: 'unproven',
      address: { channel: 'email', state: 'given', stopped: false },
    });
    expect(await listed()).toEqual([[id, 'unproven']]);

    const again = await bookCut(world);
    for (const _ of [1, 2]) expect(dataOf(await stay(world, token))).toMatchObject({ ranking: 'ranks' });
    await world.system.settle();
    expect(await look(world, token)).toMatchObject({ ranking: 'ranks', address: { state: 'proven' } });
    const entries = (await rowsOf(world, 'TimelineEntry')).filter(({ type }) => type === 'waiting.stayed');
    expect(entries).toHaveLength(1);
    await cancel(world, again);
    expect(await statusOf(world, { token })).toBe('offered');
    expect(sentTo(client.email, 'waiting-joined')).toHaveLength(1);
  });

  it('proves nothing by the link of the answer, which tells nothing of offers or of the address', async () => {
    const client = newcomer();
    const answer = await fillIn(world, { client });
    expect(Object.keys(answer)).not.toContain('ranking');
    expect(Object.keys(answer)).not.toContain('address');
    expect(await stay(world, answer.token)).toMatchObject({ status: 409, problem: { code: 'status_conflict' } });
    const visit = await bookCut(world);
    dataOf(await stay(world, await waitingTokenSentTo(world, client.email)));
    await cancel(world, visit);
    expect(await look(world, answer.token)).toMatchObject({ status: 'waiting' });
    expect((await look(world, answer.token)).offer).toBeUndefined();
  });

  it('gets a text where there is only a phone, and a press in it counts', async () => {
    const { phone } = newcomer();
    await fillIn(world, { client: { firstName: 'Nadia', phone } });
    const token = await waitingTokenSentTo(world, phone);
    expect((await look(world, token)).address).toMatchObject({ channel: 'sms', state: 'given' });
    expect(dataOf(await stay(world, token))).toMatchObject({ ranking: 'ranks', address: { state: 'proven' } });
  });

  it('ranks where staff say that the address is theirs, and in the place where they came', async () => {
    const first = await fillIn(world);
    const second = await join(world);
    expect(await listed()).toEqual([
      [second.id, 'ranks'],
      [first.id, 'unproven'],
    ]);
    const [entry] = dataOf(await desk().listWaiting({ query: { locationId: 'brooklyn' } })).entries.slice(1);
    const params = { clientId: entry?.clientId ?? '', channel: 'email' as const };
    dataOf(await desk().proveAddress({ params }));
    await world.system.settle();
    expect(await listed()).toEqual([
      [first.id, 'ranks'],
      [second.id, 'ranks'],
    ]);
  });

  it('leaves by the link without proving anything, for others may have put them there', async () => {
    const client = newcomer();
    await fillIn(world, { client });
    const token = await waitingTokenSentTo(world, client.email);
    const other = await fillIn(world, { client });
    dataOf(await world.api.leaveWaitingList({ params: { token } }));
    await world.system.settle();
    expect(await listed()).toEqual([[other.id, 'unproven']]);
  });
});

describe('who has proved the address before', () => {
  beforeEach(salon);

  it('is asked for a press all the same, for anybody may have typed the address in, and ranks with it', async () => {
    const client = newcomer();
    await join(world, { client });
    const { id } = await fillIn(world, { client, to: '2026-12-01' });
    const token = await waitingTokenSentTo(world, client.email);
    expect((await listed()).at(-1)).toEqual([id, 'unproven']);
    expect(sentTo(client.email, 'waiting-joined').map(({ text }) => /confirm by the link/.test(text))).toEqual([
      true,
      true,
    ]);
    dataOf(await stay(world, token));
    expect((await listed()).at(-1)).toEqual([id, 'ranks']);
  });

  it('ranks by a press in a message about an appointment, too', async () => {
    const client = newcomer();
    await join(world, { client });
    const { id } = await fillIn(world, { client, to: '2026-12-01' });
    await bookCut(world, { client });
    const token = await tokenSentTo(world, client.email);
    expect((await listed()).at(-1)).toEqual([id, 'unproven']);
    dataOf(await world.api.confirmByLink({ params: { token } }));
    await world.system.settle();
    expect((await listed()).at(-1)).toEqual([id, 'ranks']);
  });

  it('joins though strangers elsewhere have typed the address in too often, and though the day’s rooms are taken', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.publicForms.openPerClient = 2;
      catalogue.settings.waitingList.unprovenPerDay = 1;
    });
    const client = newcomer();
    await bookCut(world, { client });
    dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, client.email) } }));
    await fillIn(world);
    for (const from of ['127.0.0.5', '127.0.0.5', '127.0.0.6', '127.0.0.7']) {
      const body = JSON.stringify(await joinBody(world, { client }));
      const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() };
      expect(await raw(world, 'POST', '/v1/waiting-list', { from, headers, body })).toMatchObject({ status: 201 });
    }
    const { id } = await fillIn(world, { client });
    dataOf(await stay(world, await waitingTokenSentTo(world, client.email)));
    expect((await listed())[0]).toEqual([id, 'ranks']);
  });

  it('is told at the proven address alone, if a stranger joins with it and an address of their own', async () => {
    const victim = { ...newcomer(), email: undefined };
    await join(world, { client: victim });
    dataOf(await stay(world, await waitingTokenSentTo(world, victim.phone)));
    const before = world.texts().length;
    const email = 'stranger@example.com';
    await fillIn(world, { client: { ...victim, email, preferredChannel: 'email' } });
    await world.system.settle();
    expect(world.system.mailbox.list({ to: email })).toEqual([]);
    expect(world.texts()).toHaveLength(before + 1);
  });

  it('is not helped by somebody else who shares the phone: one of a family proves only the own card', async () => {
    const { phone } = newcomer();
    const { client: _, formToken: __, ...wanted } = await joinBody(world);
    const add = async (firstName: string, shareWith?: string) => {
      const body = { ...wanted, client: { firstName, phone }, ...(shareWith ? { shareWith } : {}) };
      const entry = dataOf(await desk().addToWaitingList({ idempotencyKey: freshKey(), body }));
      await world.system.settle();
      return entry;
    };
    const mother = await add('Asha');
    const child = await add('Tara', mother.clientId);
    expect(child.clientId).not.toBe(mother.clientId);
    // Who is on the list by staff ranks; each of the two heard of the own place.
    expect((await listed()).map(([, ranking]) => ranking)).toEqual(['ranks', 'ranks']);
    expect(world.texts().filter(({ to, text }) => to.includes(phone) && text.includes('/w/'))).toHaveLength(2);
    dataOf(await stay(world, await waitingTokenSentTo(world, phone)));
    const states = async (clientId: string) =>
      (await staffOf(world).client(clientId)).addresses.map(({ state }) => state);
    expect([await states(mother.clientId), await states(child.clientId)]).toEqual([['given'], ['proven']]);
  });
});

describe('whom staff put on the list', () => {
  beforeEach(salon);

  it('ranks at once, is sent the link, and is asked for nothing', async () => {
    const visit = await bookCut(world);
    const { formToken: _, client, ...wanted } = await joinBody(world);
    const added = dataOf(await desk().addToWaitingList({ idempotencyKey: freshKey(), body: { ...wanted, client } }));
    expect(added.ranking).toBe('ranks');
    const token = await waitingTokenSentTo(world, String(client.email));
    expect(sentTo(String(client.email), 'waiting-joined').map(({ text }) => /confirm by the link/.test(text))).toEqual([
      false,
    ]);
    await cancel(world, visit);
    expect(await statusOf(world, { token })).toBe('offered');
  });
});

describe('who leaves three offers unanswered', () => {
  it('rests, is told so by the link, and goes on with a press', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.waitingList.offerMinutes = 30;
    });
    const days = ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15'];
    const visits: Awaited<ReturnType<typeof bookCut>>[] = [];
    for (const day of days) visits.push(await bookCut(world, { startsAt: `${day}T10:00` }));
    const { token, id } = await join(world, { to: '2026-12-20' });
    for (const visit of visits.slice(0, 3)) {
      await cancel(world, visit);
      expect(await statusOf(world, { token })).toBe('offered');
      await world.system.windBy(32 * minute);
    }
    expect(await look(world, token)).toMatchObject({ status: 'waiting', ranking: 'rests' });
    expect(await listed()).toEqual([[id, 'rests']]);
    const [, , , last] = visits;
    if (last) await cancel(world, last);
    expect(await statusOf(world, { token })).toBe('waiting');
    for (const _ of [1, 2]) expect(dataOf(await stay(world, token))).toMatchObject({ ranking: 'ranks' });
    await cancel(world, await bookCut(world, { startsAt: '2026-12-15T10:00' }));
    expect(await statusOf(world, { token })).toBe('offered');
  });
});

describe('an address to which nothing is sent', () => {
  beforeEach(salon);

  it('is told only by a link that was sent there', async () => {
    const { phone } = newcomer();
    const client = { firstName: 'Nadia', phone };
    await join(world, { client });
    const early = await waitingTokenSentTo(world, phone);
    world.system.receiveText(phone, 'STOP');
    await world.system.settle();
    const texts = world.texts().length;
    const answer = await fillIn(world, { client, to: '2026-12-01' });
    await world.system.settle();
    expect(world.texts()).toHaveLength(texts);
    expect(Object.keys(answer)).not.toContain('address');
    expect((await look(world, answer.token)).address).toBeUndefined();
    expect((await look(world, early)).address).toMatchObject({ channel: 'sms', stopped: true });
  });
});

describe('the limit of a client', () => {
  it('refuses no form, for it would tell whose the address is; what is too much gets no place and no message', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.publicForms.openPerClient = 2;
    });
    const client = newcomer();
    const first = await fillIn(world, { client });
    const token = await waitingTokenSentTo(world, client.email);
    const second = await fillIn(world, { client });
    const third = await fillIn(world, { client });
    await world.system.settle();
    expect(await listed()).toEqual([
      [first.id, 'unproven'],
      [second.id, 'unproven'],
    ]);
    expect(sentTo(client.email, 'waiting-joined')).toHaveLength(2);
    expect(await rowsOf(world, 'Waiting')).toHaveLength(3);
    expect(Object.keys(third)).toEqual(Object.keys(second));

    dataOf(await stay(world, token));
    await world.system.settle();
    expect(await listed()).toEqual([
      [first.id, 'ranks'],
      [second.id, 'ranks'],
    ]);
    const { id } = await fillIn(world, { client });
    const late = await waitingTokenSentTo(world, client.email);
    expect(await stay(world, late)).toMatchObject({ problem: { code: 'too_many_requests' } });
    dataOf(await world.api.leaveWaitingList({ params: { token } }));
    dataOf(await stay(world, late));
    expect(await listed()).toContainEqual([id, 'ranks']);
  });

  it('holds back what is too much until the client, who has proved the address before, presses for another place', async () => {
    await open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.publicForms.openPerClient = 2;
    });
    const client = newcomer();
    await bookCut(world, { client });
    dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, client.email) } }));
    const [first, second, third] = [
      await fillIn(world, { client }),
      await fillIn(world, { client }),
      await fillIn(world, { client }),
    ];
    const token = await waitingTokenSentTo(world, client.email);
    expect(await listed()).toEqual([
      [first.id, 'unproven'],
      [second.id, 'unproven'],
    ]);
    dataOf(await stay(world, token));
    await world.system.settle();
    expect((await listed()).sort()).toEqual(
      [
        [first.id, 'unproven'],
        [second.id, 'ranks'],
        [third.id, 'ranks'],
      ].sort(),
    );
  });
});

describe('the link of the answer to joining', () => {
  beforeEach(salon);

  /** What the link tells, but for what belongs to the place itself. */
  const told = async (token: string) => {
    const { id: _, token: __, firstName: ___, ...rest } = await look(world, token);
    return rest;
  };
  /** Answers to what a stranger may press behind it, in this order. */
  const presses = async (token: string) => {
    const params = { token };
    const body = { offerId: 'abcdefghijklmnop' };
    const acts = [
      () => world.api.takeOffer({ params, body }),
      () => world.api.declineOffer({ params, body }),
      () => world.api.stayOnWaitingList({ params }),
      () => world.api.leaveWaitingList({ params }),
      () => world.api.leaveWaitingList({ params }),
    ];
    const answers: unknown[] = [];
    for (const act of acts) {
      const answer = await act();
      answers.push(answer.ok ? answer.data.status : { ...answer.problem, instance: undefined });
    }
    return answers;
  };

  it('tells and does the same, whatever its client has done meanwhile', async () => {
    const day = { from: '2026-12-01', to: '2026-12-01' };
    const [nobody, taker, leaver, offered] = [newcomer(), newcomer(), newcomer(), newcomer()];
    const visit = await bookCut(world, { startsAt: '2026-12-01T10:00' });
    const answers = [
      await fillIn(world, { client: nobody, ...day }),
      await fillIn(world, { client: taker, ...day }),
      await fillIn(world, { client: leaver, ...day }),
      await fillIn(world, { client: offered, ...day }),
    ];
    const links = new Map<string, string>();
    for (const { email } of [taker, leaver, offered]) links.set(email, await waitingTokenSentTo(world, email));
    const link = ({ email }: { email: string }) => ({ token: links.get(email) ?? '' });
    for (const client of [taker, offered]) dataOf(await stay(world, link(client).token));
    dataOf(await world.api.leaveWaitingList({ params: link(leaver) }));
    await world.system.settle();
    await cancel(world, visit);
    const offerId = (await look(world, link(taker).token)).offer?.id ?? '';
    const taken = dataOf(await world.api.takeOffer({ params: link(taker), body: { offerId } }));
    await cancel(world, taken);
    expect(await statusOf(world, link(offered))).toBe('offered');

    const [first, ...others] = await Promise.all(answers.map(({ token }) => told(token)));
    expect(first).toMatchObject({ status: 'waiting' });
    for (const other of others) expect(other).toEqual(first);
    const [pressed, ...more] = await Promise.all(answers.map(({ token }) => presses(token)));
    expect(pressed?.slice(-2)).toEqual(['left', 'left']);
    for (const other of more) expect(other).toEqual(pressed);
    const [left, ...rest] = await Promise.all(answers.map(({ token }) => told(token)));
    expect(left).toMatchObject({ status: 'left' });
    for (const other of rest) expect(other).toEqual(left);
    expect(await statusOf(world, link(taker))).toBe('booked');
    expect(await statusOf(world, link(offered))).toBe('left');
  });

  it('ends after as many days, whether the address was proved or not; that of the message goes on', async () => {
    const days = { from: '2026-12-20', to: '2026-12-20' };
    const [nobody, regular] = [newcomer(), newcomer()];
    const answers = [
      await fillIn(world, { client: nobody, ...days }),
      await fillIn(world, { client: regular, ...days }),
    ];
    const token = await waitingTokenSentTo(world, regular.email);
    dataOf(await stay(world, token));
    const statuses = () =>
      Promise.all(
        answers.map(async (answer) => {
          const outcome = await world.api.getWaiting({ params: { token: answer.token }, query: {} });
          return outcome.ok ? outcome.data.status : outcome.problem.code;
        }),
      );
    await world.system.windTo(Date.parse('2026-11-29T14:00:00Z'));
    expect(await statuses()).toEqual(['waiting', 'waiting']);
    await world.system.windTo(Date.parse('2026-11-29T16:00:00Z'));
    expect(await statuses()).toEqual(['link_expired', 'link_expired']);
    expect(await look(world, token)).toMatchObject({ ranking: 'ranks' });
  });
});

describe('the day’s rooms for those whose address nobody has proved', () => {
  const few = (unprovenPerDay: number) =>
    open({}, (catalogue) => {
      oneHourDays(catalogue);
      catalogue.settings.waitingList.unprovenPerDay = unprovenPerDay;
    });
  const isAsked = async ({ email }: { email: string }) => {
    await world.system.settle();
    return sentTo(email, 'waiting-joined').length > 0;
  };

  it('are taken by who stands there, not by how often a form was sent', async () => {
    await few(30);
    const body = await joinBody(world);
    const idempotencyKey = freshKey();
    await Promise.all(Array.from({ length: 25 }, () => world.api.joinWaitingList({ body, idempotencyKey })));
    expect(await rowsOf(world, 'Waiting')).toHaveLength(1);
    expect(await rowsOf(world, 'WaitingCrowd')).toMatchObject([{ count: 1 }]);
  });

  it('are free again once the address is proved, and stay taken by whoever only leaves', async () => {
    await few(1);
    const [first, second, third, fourth] = [newcomer(), newcomer(), newcomer(), newcomer()];
    await join(world, { client: first });
    const { token } = await fillIn(world, { client: second });
    expect(await isAsked(second)).toBe(true);
    dataOf(await world.api.leaveWaitingList({ params: { token } }));
    await fillIn(world, { client: third });
    expect(await isAsked(third)).toBe(false);
    await join(world, { client: first });
    await fillIn(world, { client: fourth });
    expect(await isAsked(fourth)).toBe(false);
  });
});

describe('entries from before', () => {
  beforeEach(salon);

  /** The same wish as a release that knew no rankings wrote it. */
  const asBefore = async (id: string, before: string) => {
    const [row] = (await rowsOf(world, 'Waiting')).filter((each) => each['id'] === id);
    const { ranking: _, proven: __, household: ___, stayedAfter: ____, ...rest } = row ?? {};
    const place = String(rest['clientSk']).replace(id, before);
    const keys = {
      pk: `WAITING#${before}`,
      id: before,
      locationPk: 'WAITING#brooklyn',
      locationSk: place,
      clientSk: place,
    };
    const { table, close } = openTable(world.system);
    const Item = { ...rest, ...keys };
    await table.getDocumentClient().send(new PutCommand({ TableName: table.getName(), Item }));
    close();
    return { id: before };
  };

  it('rank where the address is known, and else are asked for the proof when their time comes', async () => {
    const [known, unknown] = [newcomer(), newcomer()];
    const left = await fillIn(world, { client: unknown });
    const also = await join(world, { client: known });
    const first = await asBefore(left.id, '0000000000000001');
    const second = await asBefore(also.id, '0000000000000002');
    for (const { token } of [left, also]) dataOf(await world.api.leaveWaitingList({ params: { token } }));
    await world.system.settle();
    expect(await listed()).toEqual([
      [first.id, 'unproven'],
      [second.id, 'ranks'],
    ]);
    const sent = () => sentTo(unknown.email, first.id).length;
    expect(sent()).toBe(0);
    await cancel(world, await bookCut(world, { startsAt: `${date}T10:00` }));
    expect(dataOf(await desk().listWaiting({ query: { locationId: 'brooklyn' } })).entries).toMatchObject([
      { id: second.id, status: 'offered' },
      { id: first.id, status: 'waiting', ranking: 'unproven' },
    ]);
    expect(sent()).toBe(1);
    dataOf(await stay(world, await waitingTokenSentTo(world, unknown.email)));
    expect(await listed()).toEqual([
      [first.id, 'ranks'],
      [second.id, 'ranks'],
    ]);
  });
});
