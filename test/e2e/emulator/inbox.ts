import * as z from 'zod';
import type { Emulator } from './ministack.ts';

const mails = z.object({
  messages: z.record(
    z.string(),
    z.array(
      z.object({
        MessageId: z.string(),
        Source: z.string(),
        To: z.array(z.string()),
        Subject: z.string(),
        BodyText: z.string(),
        BodyHtml: z.string().nullable(),
      }),
    ),
  ),
});
const texts = z.object({ sms_messages: z.record(z.string(), z.array(z.object({ Message: z.string() }))) });

export interface SentMail {
  id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
}

/** What SES and SNS were given to send, read through MiniStack's own window, in the order of sending. */
export const createInbox = ({ endpoint }: Emulator) => {
  const read = async (path: string): Promise<unknown> => (await fetch(`${endpoint}${path}`)).json();
  return {
    async mailsTo(address: string): Promise<SentMail[]> {
      const { messages } = mails.parse(await read('/_ministack/ses/messages'));
      return Object.values(messages)
        .flat()
        .filter(({ To }) => To.some((to) => to.includes(address)))
        .map((mail) => ({
          id: mail.MessageId,
          to: mail.To.join(', '),
          from: mail.Source,
          subject: mail.Subject,
          text: mail.BodyText,
          html: mail.BodyHtml ?? '',
        }));
    },
    async textsTo(phone: string): Promise<string[]> {
      const { sms_messages } = texts.parse(
        await read(`/_ministack/sns/sms-messages?phoneNumber=${encodeURIComponent(phone)}`),
      );
      return (sms_messages[phone] ?? []).map(({ Message }) => Message);
    },
  };
};
export type Inbox = ReturnType<typeof createInbox>;
