import { Aws, Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueOf } from '../../shared/background/kinds.ts';
import { recurring } from '../../shared/background/recurring.ts';
import { type Manifest, maxReceives } from '../manifest.ts';

export interface MessagingProps {
  manifest: Manifest;
}

/**
 * Queues in which due work waits: schedules until their time, the outbox until messages are sent, the background's
 * queue until the rest is done, and four queues for what failed; and the topic where the texts of clients arrive.
 */
export class Messaging extends Construct {
  readonly outbox: Queue;
  /** Due work that sends nothing: jobs, the waiting list, appointments that nobody confirmed. */
  readonly background: Queue;
  /** Messages that ten deliveries, or the scheduler, could not hand over. Redrive them into the outbox. */
  readonly undelivered: Queue;
  /** The same of the background's work. Redrive it into the background's queue. */
  readonly undone: Queue;
  /** Batches of the table's stream that could not be worked off: where they lie in the stream, not the records. */
  readonly unplanned: Queue;
  /** Bounces, complaints, deliveries and texts of clients that could not be recorded. */
  readonly unheard: Queue;
  /** Topic of what clients text to the business's number: to be named as the number's two-way destination. */
  readonly incomingTexts: Topic;
  readonly schedules: CfnScheduleGroup;
  /** The scheduler acts in this role when it puts a message into a queue. */
  readonly schedulerRole: Role;

  constructor(scope: Construct, id: string, { manifest }: MessagingProps) {
    super(scope, id);
    this.undelivered = this.failureQueue('Undelivered');
    this.undone = this.failureQueue('Undone');
    this.unplanned = this.failureQueue('Unplanned');
    this.unheard = this.failureQueue('Unheard');

    // It keeps the name that it had as the only queue: an update of the stack leaves it and what is in it.
    this.outbox = this.workQueue('Outbox', slowestConsumer(manifest, 'messages'), this.undelivered);
    this.background = this.workQueue('Background', slowestConsumer(manifest, 'background'), this.undone);

    // Not encrypted with a key, as the topic of feedback: a key of one's own costs $1 a month.
    this.incomingTexts = new Topic(this, 'IncomingTexts', { enforceSSL: true });
    this.incomingTexts.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.incomingTexts.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );

    this.schedules = new CfnScheduleGroup(this, 'Schedules', {
      // A group vanishes some time after its deletion; with a name of its own a stack can follow at once.
      name: `${Aws.STACK_NAME}-${ofThisStackOnly()}`,
    });
    this.schedulerRole = new Role(this, 'SchedulerRole', {
      description: 'EventBridge Scheduler puts what is due into its queue',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': this.schedules.attrArn,
          },
        },
      }),
    });
    this.schedulerRole.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['sqs:SendMessage'],
        resources: [this.outbox, this.background, this.undelivered, this.undone].map(({ queueArn }) => queueArn),
      }),
    );
    for (const due of recurring) this.schedule(due);
  }

  private schedule({ name, everyHours, message }: (typeof recurring)[number]): void {
    const [target, failed] =
      queueOf(message) === 'messages' ? [this.outbox, this.undelivered] : [this.background, this.undone];
    new CfnSchedule(this, name, {
      groupName: this.schedules.ref,
      scheduleExpression: everyHours === 1 ? 'rate(1 hour)' : `rate(${everyHours} hours)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.queueArn,
        roleArn: this.schedulerRole.roleArn,
        input: JSON.stringify(message),
        deadLetterConfig: { arn: failed.queueArn },
      },
    }).node.addDependency(this.schedulerRole);
  }

  private workQueue(id: string, consumerSeconds: number, queue: Queue): Queue {
    return new Queue(this, id, {
      enforceSSL: true,
      // Six times the consumer's timeout: a retried batch never meets one that is still at work.
      visibilityTimeout: Duration.seconds(6 * consumerSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue, maxReceiveCount: maxReceives },
    });
  }

  private failureQueue(id: string): Queue {
    const queue = new Queue(this, id, { enforceSSL: true, retentionPeriod: Duration.days(14) });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'This queue is itself the last stop: stream batches, notifications or scheduled messages that failed for good end here, an alarm calls the owner, and no program reads it.',
    });
    return queue;
  }
}

/** The first part of the stack's id: another after each `cdk destroy`. */
const ofThisStackOnly = (): string => Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));

const slowestConsumer = (manifest: Manifest, queue: 'messages' | 'background'): number =>
  Math.max(
    30,
    ...Object.values(manifest)
      .filter(({ trigger }) => trigger.kind === 'queue' && trigger.queue === queue)
      .map(({ timeoutSeconds }) => timeoutSeconds),
  );
