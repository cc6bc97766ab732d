import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { scheduleGroup } from '../../../infra/local/services/names.ts';
import type { Catalogue } from '../../../shared/business/catalogue.ts';
import { dataOf } from '../outcomes.ts';
import { freshKey, newcomer, takenTimes } from './booking.ts';
import { mustBook, type World } from './world.ts';

/** A Tuesday on which each of the stylists has an hour, from ten to eleven, so that one cut fills their day; several cut alone. */
export const date = '2026-11-24';
export const oneHourDays = (catalogue: Catalogue, stylists: readonly string[] = ['amina']): void => {
  const [amina] = catalogue.staff;
  if (!amina) throw new Error('the demo salon is empty');
  const hours = { brooklyn: { tue: [{ from: '10:00', until: '11:00' }] } };
  catalogue.staff = [
    ...stylists.map((id) => ({ ...amina, id, name: id, hours })),
    ...catalogue.staff
      .filter(({ id }) => !stylists.includes(id))
      .map((person) =>
        stylists.length === 1 ? person : { ...person, skills: person.skills.filter((id) => id !== 'cut') },
      ),
  ];
};

type Join = Parameters<World['api']['joinWaitingList']>[0]['body'];

export const joinBody = async ({ api }: World, changes: Partial<Join> = {}): Promise<Join> => {
  const { formToken } = dataOf(await api.getFormToken({}));
  return {
    locationId: 'brooklyn',
    services: ['cut'],
    staff: ['amina'],
    from: date,
    to: date,
    client: newcomer(),
    formToken,
    ...changes,
  };
};

/** Fills in the form for a cut by Amina on the day, for somebody new; what is sent then is left alone. */
export const fillIn = async (world: World, changes: Partial<Join> = {}) =>
  dataOf(await world.api.joinWaitingList({ body: await joinBody(world, changes), idempotencyKey: freshKey() }));

const linkIn = /\/w\/([\w-]{44})/;

/** The token of the latest link to a place on the list that went to the address. */
export const waitingTokenSentTo = async ({ system }: World, address: string): Promise<string> => {
  await system.settle();
  const links = system.mailbox.list({ to: address }).map(({ text }) => linkIn.exec(text)?.[1]);
  const token = links.findLast((link) => link !== undefined);
  if (!token) throw new Error(`no link to a place on the list has gone to ${address}`);
  return token;
};

/** Presses what the message asks for. */
export const stay = ({ api }: World, token: string) => api.stayOnWaitingList({ params: { token } });

/** Somebody new who waits for a cut by Amina on the day, and has proved the address; with the token that was sent there. */
export const join = async (world: World, changes: Partial<Join> = {}) => {
  const { client = newcomer() } = changes;
  const joined = await fillIn(world, { ...changes, client });
  const token = await waitingTokenSentTo(world, String(client.email ?? client.phone));
  dataOf(await stay(world, token));
  await world.system.settle();
  return { ...joined, token };
};

export const look = async ({ api }: World, token: string) =>
  dataOf(await api.getWaiting({ params: { token }, query: {} }));

export const statusOf = async (world: World, { token }: { token: string }) => (await look(world, token)).status;

export const bookCut = (world: World, changes: Record<string, unknown> = {}) =>
  mustBook(world.api, { startsAt: `${date}T10:00`, client: newcomer(), ...changes });

/** Cancelled by the client, with all that follows from it. */
export const cancel = async (world: World, { token }: { token: string }): Promise<void> => {
  dataOf(await world.api.cancelByLink({ params: { token } }));
  await world.system.settle();
};

export const holds = async (world: World) =>
  (await takenTimes(world)).filter(({ isHold, expiresAt }) => isHold && expiresAt > world.system.clock.now());

/** The schedule fires so much later, as Scheduler itself may. */
export const postpone = async (world: World, name: string, until: number): Promise<void> => {
  const client = new SchedulerClient();
  const { FlexibleTimeWindow, Target } = await client.send(
    new GetScheduleCommand({ Name: name, GroupName: scheduleGroup }),
  );
  const ScheduleExpression = `at(${new Date(until).toISOString().slice(0, 19)})`;
  const changed = { Name: name, GroupName: scheduleGroup, ScheduleExpression, FlexibleTimeWindow, Target };
  await client.send(new UpdateScheduleCommand(changed));
  client.destroy();
  const due = world.system.schedules().find((schedule) => schedule.name === name)?.dueAt;
  if (due !== Math.floor(until / 1000) * 1000) throw new Error(`${name} is due at ${due}`);
};
