import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Api } from './api.ts';
import type { Functions } from './functions/functions.ts';
import type { Messaging } from './messaging.ts';

export interface AlarmsProps {
  ownerEmail: string;
  messaging: Messaging;
  functions: Functions;
  api: Api;
}

interface Worry {
  metric: IMetric;
  /** From here on. */
  threshold: number;
  /** Tells who is harmed, and what to do. The owner reads this in a mail, perhaps at night. */
  description: string;
}

const minutes = (count: number) => ({ period: Duration.minutes(count) });

/** Ten alarms are free, each further one costs $0.10 a month. Each says whom it harms and what to do about it. */
export const addAlarms = (stack: Stack, { ownerEmail, messaging, functions, api }: AlarmsProps): void => {
  const topic = new Topic(stack, 'Alarms', { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(ownerEmail));
  // The topic's own policy replaces the default one, which let CloudWatch in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  for (const [id, { metric, threshold, description }] of Object.entries(worries({ messaging, functions, api }))) {
    new Alarm(topic, id, {
      metric,
      threshold,
      alarmDescription: description,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  }
};

const worries = ({ messaging, functions, api }: Omit<AlarmsProps, 'ownerEmail'>): Record<string, Worry> => ({
  MessagesUndelivered: {
    metric: waitingIn(messaging.undelivered),
    threshold: 1,
    description:
      'Clients did not get a confirmation, reminder or other message: ten attempts failed. Look up the cause in the log of the function messages, then redrive the queue Undelivered into the Outbox; nothing is sent twice.',
  },
  WorkUndone: {
    metric: waitingIn(messaging.undone),
    threshold: 1,
    description:
      'Clients may keep appointments that should have ended or moved, and those who wait may hear of no free time: ten attempts at work in the background failed. Look up the cause in the log of the function background, then redrive the queue Undone into the Background queue; doing it twice does no harm.',
  },
  AppointmentsUnplanned: {
    metric: waitingIn(messaging.unplanned),
    threshold: 1,
    description:
      'Clients may miss reminders: changes of some appointments could not be planned. Look up the cause in the log of the function consequences; the queue Unplanned tells which records of the table’s stream they were, readable there for 24 hours.',
  },
  BouncesUnheard: {
    metric: waitingIn(messaging.unheard),
    threshold: 1,
    description:
      'Clients whose address bounced, who complained or who texted STOP may be written to again, which endangers everybody’s mail and breaks the law. The events lie in the queue Unheard; the logs of the functions feedback and incoming-texts tell why.',
  },
  MessagesLate: {
    metric: messaging.outbox.metricApproximateAgeOfOldestMessage(minutes(5)),
    threshold: 15 * 60,
    description:
      'Clients get their messages more than a quarter of an hour late. The outbox is longer than SES or SNS lets through, or the function messages keeps failing: see its log, and the sending quotas of SES and SNS.',
  },
  ...Object.fromEntries(
    functions.onStream.map(({ path, name, lambda }) => [
      `${name}Behind`,
      {
        metric: lambda.metric('IteratorAge', { ...minutes(5), statistic: 'Maximum' }),
        threshold: 10 * 60 * 1000,
        description: `New bookings wait more than ten minutes for their messages and figures: ${path} is stuck on a record of the table’s stream. Its log names the record; after six hours the record is skipped.`,
      },
    ]),
  ),
  VisitorsSeeErrors: {
    metric: api.http.metricServerError({ ...minutes(5), statistic: 'Sum' }),
    threshold: 5,
    description:
      'Visitors can’t book and staff can’t work: at least five requests within five minutes ended in an error of ours. The API’s access log tells which routes, the function’s log why.',
  },
  MessagesOverBudget: {
    metric: new Metric({
      namespace: 'Regulars',
      metricName: 'Message-over_budget',
      dimensionsMap: { function: 'messages' },
      statistic: 'Sum',
      ...minutes(60),
    }),
    threshold: 20,
    description:
      'Somebody may be using your pages to flood the phones and mailboxes of clients and strangers: 20 messages within an hour were over the budget of their address, and were held back. The log of the function messages names the appointments (delivery over_budget); cancel those that are not real. If all are, raise messageBudget in the settings.',
  },
  ManyBookings: {
    metric: byVisitors('OnlineBooking'),
    threshold: 100,
    description:
      'A bot may be filling your diary: 100 appointments were booked online within an hour. GET /v1/online-bookings lists them by source and suggests which nobody has proved; POST /v1/online-bookings/cancel clears away those that you choose, and they can be brought back. If clients are that many, raise the threshold of this alarm (infra/aws/alarms.ts).',
  },
  ManyJoin: {
    metric: byVisitors('WaitingListJoined'),
    threshold: 100,
    description:
      'A bot may be filling your waiting list, and clients and strangers may get messages that they did not ask for: 100 places were taken online within an hour. Nobody is offered a time before the link in the message is pressed. GET /v1/waiting-list shows who waits, those without a press last, and DELETE /v1/waiting-list/{waitingId} takes somebody off. If clients are that many, raise the threshold of this alarm (infra/aws/alarms.ts).',
  },
  ManyRefused: {
    metric: byVisitors('VisitorRefused'),
    threshold: 200,
    description:
      'Somebody may be attacking your forms: 200 attempts of visitors were refused within an hour, for their number or because a bot sent them. The limits hold. See GET /v1/online-bookings for what got through; if real clients complain, raise publicForms and publicLimits in the settings, else consider a firewall (docs/deploy.md).',
  },
  SignInsFail: {
    metric: new Metric({
      namespace: 'Regulars',
      metricName: 'SignInFailed',
      dimensionsMap: { function: 'session' },
      statistic: 'Sum',
      ...minutes(60),
    }),
    threshold: 30,
    description:
      'Somebody may be guessing the passwords of your staff: 30 attempts to sign in failed within an hour. Guesses are limited for each person and household. Ask your staff whether it was they; else let each choose another password and turn on an authenticator, and look through GET /v1/audit for what nobody of them did.',
  },
  ClientsRead: {
    metric: new Metric({
      namespace: 'Regulars',
      metricName: 'ClientsRead',
      dimensionsMap: { function: 'staff' },
      statistic: 'Sum',
      ...minutes(60),
    }),
    threshold: 1,
    description:
      'Somebody of your staff may be copying your clients: one person opened 100 cards within an hour. GET /v1/audit/reads tells who read what, with names; the log of the function staff has the line "many clients’ cards read within an hour" with their sub. Ask why; if there is no good reason, DELETE /v1/people/{sub} shuts them out within a minute.',
  },
  MailBounces: {
    metric: new Metric({ namespace: 'AWS/SES', metricName: 'Reputation.BounceRate', ...minutes(60) }),
    threshold: 0.04,
    description:
      'All clients may soon get no mail: 4% bounce, and SES reviews an account at 5%. Find where the wrong addresses come from (an import, a form under attack) and stop that before sending on.',
  },
  MailComplaints: {
    metric: new Metric({ namespace: 'AWS/SES', metricName: 'Reputation.ComplaintRate', ...minutes(60) }),
    threshold: 0.0008,
    description:
      'All clients may soon get no mail: 8 of 10,000 mails are marked as spam, and SES reviews an account at 10. Look at what was sent last and to whom, and stop it.',
  },
  TextsNearLimit: {
    metric: new Metric({
      namespace: 'AWS/SNS',
      metricName: 'SMSMonthToDateSpentUSD',
      statistic: 'Maximum',
      ...minutes(60),
    }),
    threshold: 0.8,
    description:
      'Clients will soon get no texts this month: 80% of the one dollar that a new account may spend is gone. Ask AWS for a higher limit (docs/deploy.md says how), then raise the threshold of this alarm.',
  },
});

/** Sum of what visitors did within an hour, by the API and on the pages: both count in the name of `visitors`. */
const byVisitors = (metricName: string): IMetric =>
  new Metric({
    namespace: 'Regulars',
    metricName,
    dimensionsMap: { function: 'visitors' },
    statistic: 'Sum',
    ...minutes(60),
  });

const waitingIn = (queue: Queue): IMetric =>
  queue.metricApproximateNumberOfMessagesVisible({ ...minutes(5), statistic: 'Maximum' });
