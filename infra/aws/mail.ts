import { type CfnCondition, Stack } from 'aws-cdk-lib';
import {
  CfnEmailIdentity,
  ConfigurationSet,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface MailProps {
  senderAddress: string;
  verifySender: CfnCondition;
}

/** The sender that clients see, and what SES tells back about each mail. */
export class Mail extends Construct {
  readonly senderAddress: string;
  readonly configurationSet: ConfigurationSet;
  /** SES publishes bounces, complaints, deliveries and rejections here. */
  readonly feedback: Topic;

  constructor(scope: Construct, id: string, { senderAddress, verifySender }: MailProps) {
    super(scope, id);
    this.senderAddress = senderAddress;

    // Not encrypted with a key: SES can't publish under the free AWS-managed one, a key of one's own costs $1 a month,
    // and what passes here lives for seconds.
    this.feedback = new Topic(this, 'Feedback', { enforceSSL: true });
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSet.addEventDestination('ToFeedback', {
      destination: EventDestination.snsTopic(this.feedback),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.REJECT,
      ],
    });

    const identity = new CfnEmailIdentity(this, 'Sender', {
      emailIdentity: senderAddress,
      configurationSetAttributes: { configurationSetName: this.configurationSet.configurationSetName },
    });
    identity.cfnOptions.condition = verifySender;
  }

  /** SES asks leave for the configuration set, too. */
  get configurationSetArn(): string {
    return Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
  }

  /** Every identity of this account; see the grant `mail:send` for why one is not enough. */
  get anyIdentityArn(): string {
    return Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
  }
}
