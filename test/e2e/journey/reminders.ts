import assert from 'node:assert/strict';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { must, tokenIn } from '../api.ts';
import { clientConfig } from '../emulator/aws.ts';
import { until, untilInstant } from '../steps.ts';
import { type Booked, people } from './booking.ts';
import type { Stage } from './stage.ts';

/** MiniStack looks for due schedules every ten seconds; the rest is time for the functions. */
const patience = 30;

const secondsUntil = (instant: number): number => Math.max(0, Math.ceil((instant - Date.now()) / 1000));

/** One keeps her time, one moves, one cancels: each hears what is true, once. */
export const reminders = async (stage: Stage, booked: Booked): Promise<void> => {
  const { steps, api, inbox, timetable, emulator, deployed } = stage;
  const { movedTo, reminderAt, movedReminderAt } = timetable;
  const scheduler = new SchedulerClient(clientConfig(emulator));
  const expressionOf = async (name: string): Promise<string | undefined> => {
    const asked = scheduler.send(new GetScheduleCommand({ GroupName: deployed.ScheduleGroup, Name: name }));
    return asked.then(
      ({ ScheduleExpression }) => ScheduleExpression,
      () => undefined,
    );
  };
  const at = (instant: number) => `at(${new Date(instant).toISOString().slice(0, 19)})`;

  await steps.step('an appointment moved by link moves its schedule', async () => {
    const before = await until('the schedule', patience, () => expressionOf(`${booked.moving.id}.reminder`));
    assert.equal(before, at(reminderAt));
    const startsAt = new Date(movedTo).toISOString().replace('.000Z', 'Z');
    await must(api.moveByLink({ params: { token: booked.moving.token }, body: { startsAt } }));
    await until('the new schedule', patience, async () => {
      const moved = await expressionOf(`${booked.moving.id}.reminder`);
      return moved !== undefined && moved !== before;
    });
  });

  await steps.step('a cancelled appointment loses its schedule', async () => {
    await must(api.cancelByLink({ params: { token: booked.leaving.token } }));
    await until('the schedule to vanish', patience, async () => !(await expressionOf(`${booked.leaving.id}.reminder`)));
  });

  await steps.step('the reminder comes when it is due, and confirms by its link', async () => {
    const isReminder = ({ subject }: { subject: string }) => subject.startsWith('Reminder:');
    const mail = await until('the reminder', secondsUntil(reminderAt) + patience, async () =>
      (await inbox.mailsTo(people.reminded.email)).find(isReminder),
    );
    assert.ok(Date.now() >= reminderAt - 1000, 'the reminder came before it was due');
    const confirmed = await must(api.confirmByLink({ params: { token: tokenIn(mail.text, 'a') } }));
    assert.equal(confirmed.status, 'confirmed');
  });

  await steps.step('who moved hears of the new time only, who cancelled nothing more', async () => {
    const subjectsOf = async (address: string) =>
      (await inbox.mailsTo(address)).map(({ subject }) => subject.split(':')[0]);
    const seconds = secondsUntil(movedReminderAt) + patience;
    await until('the reminder of the new time', seconds, async () =>
      (await subjectsOf(people.moving.email)).includes('Reminder'),
    );
    // An old one that would come wrongly has had its time.
    await untilInstant(movedReminderAt + 15_000);
    assert.deepEqual(await subjectsOf(people.moving.email), ['You are booked', 'Your new time', 'Reminder']);
    assert.deepEqual(await subjectsOf(people.leaving.email), ['You are booked', 'Cancelled']);
    assert.deepEqual(await subjectsOf(people.reminded.email), ['You are booked', 'Reminder']);
  });
};
