import assert from 'node:assert/strict';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { localDate } from '../../../shared/platform/time/time.ts';
import { createApi, must, tokenIn } from '../api.ts';
import { clientConfig } from '../emulator/aws.ts';
import { location, manager } from '../emulator/catalogue.ts';
import { until, untilInstant } from '../steps.ts';
import { type Booked, people } from './booking.ts';
import type { Stage } from './stage.ts';

/** The visit takes place, is reviewed, and the client is asked to come back. */
export const visit = async (stage: Stage, { visiting }: Booked): Promise<void> => {
  const { steps, inbox, api, origin, tokens, timetable, emulator, deployed } = stage;
  const reception = createApi(origin, tokens.reception);
  const mailWith =
    (word: RegExp, address: string = people.visiting.email) =>
    async () =>
      (await inbox.mailsTo(address)).find(({ subject, text }) => word.test(subject) || word.test(text));

  const seconds = Math.max(0, Math.round((timetable.visit - Date.now()) / 1000));
  console.log(`  (the visit begins at ${new Date(timetable.visit).toISOString().slice(11, 19)} UTC, in ${seconds} s)`);
  await untilInstant(timetable.visit + 1_000);

  const clientId = await steps.step('the front desk sees the appointment and marks it completed', async () => {
    const date = localDate(timetable.visit, 'Asia/Dhaka');
    const { appointments } = await must(reception.getDiary({ query: { locationId: location, date } }));
    const row = appointments.find(({ id }) => id === visiting.id);
    assert.equal(row?.client.firstName, people.visiting.firstName);
    const mark = (status: 'arrived' | 'completed') =>
      must(reception.markAppointment({ params: { appointmentId: visiting.id }, body: { status } }));
    await mark('arrived');
    assert.equal((await mark('completed')).status, 'completed');
    return row?.clientId ?? '';
  });

  const review = await steps.step('the review request comes after the visit', async () =>
    tokenIn((await until('the review request', 60, mailWith(/\/r\//))).text, 'r'),
  );

  await steps.step('the client reviews; a low score tells the manager at once', async () => {
    const ratings = [{ staffId: 'dina', score: 2 }];
    await must(api.putReviewByLink({ params: { token: review }, body: { ratings, words: 'Too short' } }));
    const alert = await until('the alert', 30, mailWith(/Too short/, manager));
    assert.match(alert.text, new RegExp(people.visiting.firstName));
    const seen = await must(api.getReviewByLink({ params: { token: review }, query: {} }));
    assert.deepEqual(seen.review?.ratings, ratings);
  });

  const stop = await steps.step('who agreed to offers hears that it is time to come back', async () =>
    tokenIn((await until('the invitation', 75, mailWith(/time for your next visit/i))).text, 'u'),
  );

  await steps.step('one click in the mail program ends the offers', async () => {
    const body = { 'List-Unsubscribe': 'One-Click' as const };
    await must(api.unsubscribeOneClick({ params: { token: stop }, body }));
    const state = await must(api.getSubscription({ params: { token: stop } }));
    assert.deepEqual({ marketing: state.marketing, all: state.all }, { marketing: false, all: true });
  });

  await steps.step('a bounce is recorded with the message', async () => {
    // MiniStack records the configuration set's destination but publishes nothing to it; SES would say this.
    const event = {
      eventType: 'Bounce',
      mail: { messageId: 'e2e', tags: { client: [clientId], message: [`${visiting.id}_confirmation_0`] } },
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: people.visiting.email }] },
    };
    const sns = new SNSClient(clientConfig(emulator));
    await sns.send(new PublishCommand({ TopicArn: deployed.FeedbackTopicArn, Message: JSON.stringify(event) }));
    await until('the status bounced', 30, async () => {
      const { messages } = await must(reception.listMessages({ params: { clientId }, query: {} }));
      return messages.some(({ touchpoint, status }) => touchpoint === 'confirmation' && status === 'bounced');
    });
  });
};
