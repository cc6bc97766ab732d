import { SNSClient } from '@aws-sdk/client-sns';
import { textsBy } from '../../shared/messages/send/text-channel.ts';

export const texts = () => textsBy(new SNSClient({ maxAttempts: 1 }));
