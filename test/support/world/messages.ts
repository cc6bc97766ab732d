import type { SQSBatchResponse } from 'aws-lambda';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import { bookingOf, mustBook, type System, type World } from './world.ts';

/** An instant by the clock of Brooklyn in winter. */
export const newYork = (local: string): number => Date.parse(`${local}:00-05:00`);

export const touchpoint = (appointmentId: string, touchpointId: string, sequence = 0): OutboxMessage => ({
  kind: 'touchpoint',
  appointmentId,
  touchpointId,
  sequence,
});

/** As the queue would: an old schedule that fires late, a message that was lying about. */
export const deliver = (system: System, ...messages: OutboxMessage[]): Promise<SQSBatchResponse> =>
  system.invoke('messages', {
    Records: messages.map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) })),
  }) as Promise<SQSBatchResponse>;

export const allTaken: SQSBatchResponse = { batchItemFailures: [] };

type Booked = Awaited<ReturnType<typeof mustBook>>;

/**
 * A booking by a client of its own, with these of the client's details changed or left out. Whoever ticks a box says yes to
 * it in the message that comes, unless `andAgree` is false.
 */
export const bookAs = async (
  world: World,
  client: Record<string, unknown>,
  changes: Record<string, unknown> & { consents?: ReturnType<typeof consent> } = {},
  andAgree = true,
): Promise<Booked> => {
  const ordinary = await bookingOf(world.api);
  const whole: Record<string, unknown> = { ...ordinary.client, ...client };
  const booked = await mustBook(world.api, { client: whole, ...changes });
  for (const { channel } of andAgree ? (changes.consents ?? []) : [])
    await agree(world, String(channel === 'email' ? whole['email'] : whole['phone']));
  return booked;
};

/** Says yes to what was ticked, by the link in the latest message to the address. */
export const agree = async (world: World, address: string): Promise<void> => {
  const agreed = await world.api.agreeByLink({ params: { token: await tokenSentTo(world, address) } });
  if (!agreed.ok) throw new Error(JSON.stringify(agreed.problem));
};

/** The box that was ticked for invitations. */
export const consent = (...channels: ('email' | 'sms')[]) =>
  channels.map((channel) => ({ channel, purpose: 'marketing' as const }));

export const clientIdOf = async ({ as }: World, booked: { id: string; startsAt: string }): Promise<string> => {
  const diary = await as('reception').getDiary({
    query: { locationId: 'brooklyn', date: booked.startsAt.slice(0, 10) },
  });
  const found = diary.ok && diary.data.appointments.find(({ id }) => id === booked.id);
  if (!found) throw new Error('the appointment is not in the diary');
  return found.clientId;
};

/** What staff see of the messages about an appointment, by touchpoint: `reminder: skipped moved`. */
export const outcomesOf = async (world: World, booked: { id: string; startsAt: string }): Promise<string[]> => {
  const listed = await world.as('reception').listMessages({
    params: { clientId: await clientIdOf(world, booked) },
    query: { appointmentId: booked.id },
  });
  if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
  const order = ({ touchpoint: id, occurrence, resend = 0 }: (typeof listed.data.messages)[number]): string =>
    [id, String(occurrence).padStart(4, '0'), resend].join('#');
  return listed.data.messages
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ touchpoint: id, status, reason }) => `${id}: ${[status, reason].filter(Boolean).join(' ')}`);
};

/** The token of the manage link in the latest message to the address; it proves what the one of an answer doesn't. */
export const tokenSentTo = async ({ system }: World, address: string): Promise<string> => {
  await system.settle();
  const token = latestTokenIn(system, address);
  if (!token) throw new Error(`no message with a link has gone to ${address}`);
  return token;
};

/** The same of what has gone so far; undefined: nothing has. */
export const latestTokenIn = ({ mailbox }: System, address: string): string | undefined =>
  mailbox
    .list({ to: address })
    .map(({ text }) => /\/a\/([\w-]{44})/.exec(text)?.[1])
    .findLast((token) => token !== undefined);

/** Mails and texts about one appointment, in the order of sending: `email reminder`. */
export const sentTo = ({ system }: World, ...addresses: string[]): string[] =>
  system.mailbox
    .list()
    .filter(({ to }) => to.some((address) => addresses.includes(address)))
    .map(({ channel, tags, text }) => `${channel} ${tags['message']?.split('_')[1] ?? text.slice(0, 60)}`);

export const complete = async ({ as, system }: World, appointmentId: string): Promise<void> => {
  const marked = await as('reception').markAppointment({ params: { appointmentId }, body: { status: 'completed' } });
  if (!marked.ok) throw new Error(JSON.stringify(marked.problem));
  await system.settle();
};

/** Names and instants of what is planned for an appointment. */
export const planned = ({ system }: World, { id }: { id: string }): Record<string, number> =>
  Object.fromEntries(
    system
      .schedules()
      .filter(({ name }) => name.startsWith(`${id}.`))
      .map(({ name, dueAt }) => [name.slice(id.length + 1), dueAt]),
  );

/** Numbers in [0, 1) that look random and are the same every time. */
export const seeded = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
