import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { Later } from '../../background/later.ts';

interface MailToSend {
  to: string;
  raw: Uint8Array;
  tags: Record<string, string>;
}

interface TextToSend {
  /** E.164. */
  to: string;
  text: string;
  /** Promotional texts take the cheaper, slower route. */
  kind: 'Transactional' | 'Promotional';
  /** Ids under which the text is registered in India; absent elsewhere. */
  india?: { entityId: string; senderId: string; templateId?: string | undefined } | undefined;
}

/** The provider's id of what it took. Throws SendingRefused; Later where it was not sent but can be; or anything else: then nobody knows. */
export interface Channels {
  mail(mail: MailToSend): Promise<string>;
  text(text: TextToSend): Promise<string>;
}

/** The provider will never take this one: a bad address, an unverified recipient in the sandbox. */
export class SendingRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SendingRefused';
  }
}

const throttles = /throttl|limitexceeded|toomanyrequests|paused|serviceunavailable|quota/i;
/** 4xx that say nothing of the recipient: the account is not set up as it should be. */
const ourFault = /^(?:ConfigurationSetDoesNotExist|MailFromDomainNotVerified)/;
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Tells apart what certainly was not sent: refused for good, or throttled, paused, unreachable; the rest is thrown on as it is. */
export const classify = (error: unknown): Error => {
  const {
    name = '',
    code = '',
    $metadata,
  } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  if (throttles.test(name) || status === 429 || unreachable.has(code)) return new Later(name);
  // A right or credentials that we lack are our fault, not the recipient's: it can go once that is mended.
  if (status === 401 || status === 403 || ourFault.test(name)) return new Later(name);
  if (status >= 400 && status < 500) return new SendingRefused(name);
  return error as Error;
};

/** The client must not retry by itself (`maxAttempts: 1`): every attempt is counted on the message. */
export const mailsBy =
  (ses: SESClient, sender: { address: string; configurationSet: string }): Channels['mail'] =>
  async ({ to, raw, tags }) => {
    try {
      const { MessageId = '' } = await ses.send(
        new SendRawEmailCommand({
          Source: sender.address,
          Destinations: [to],
          RawMessage: { Data: raw },
          ConfigurationSetName: sender.configurationSet,
          Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      );
      return MessageId;
    } catch (error) {
      throw classify(error);
    }
  };
