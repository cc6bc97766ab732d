import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Channel, Language } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import { composeMail, type Mail } from './compose/mail.ts';
import type { OutgoingMessage } from './message.ts';
import { messageTag } from './send/tags.ts';
import type { MessageTemplate, Values } from './templates/placeholders.ts';
import { renderEmail, renderSms } from './templates/render.ts';
import { createTemplateResolver, type ResolveTemplate } from './templates/resolve.ts';

/** What a capability says when it wants a message sent: to whom and why, and the values for the template. */
export interface Draft extends Pick<OutgoingMessage, 'key' | 'purpose' | 'recipients' | 'by'> {
  template: MessageTemplate;
  language: Language;
  /** May differ by channel: an unsubscribe link stops the one in which it stands. */
  values(channel: Channel): Values;
  /** Absolute. With it, whoever has pressed it gets no more of these. */
  unsubscribeUrl?: string | undefined;
  /** Calendar file of the appointment, for mail. */
  calendar?: (() => Mail['calendar']) | undefined;
}

/** Makes messages out of drafts, in the business's own words where it has some. */
export const createComposer = (deps: { senderAddress: string; now: Clock; resolve?: ResolveTemplate }) => {
  const { senderAddress, now, resolve = createTemplateResolver() } = deps;
  return (catalogueIndex: CatalogueIndex, draft: Draft): OutgoingMessage => {
    const { key, by, template: name, language, purpose, recipients, values, unsubscribeUrl, calendar } = draft;
    const template = resolve(catalogueIndex, name, language);
    return {
      key,
      by,
      template: name,
      purpose,
      stoppable: unsubscribeUrl !== undefined,
      recipients,
      mail: (to) =>
        composeMail({
          from: { name: catalogueIndex.settings.name, address: senderAddress },
          to,
          date: now(),
          ...renderEmail(template, values('email'), language),
          id: messageTag(key).replaceAll('_', '.'),
          unsubscribeUrl,
          calendar: calendar?.(),
        }),
      text: () => renderSms(template, values('sms')),
    };
  };
};
export type Compose = ReturnType<typeof createComposer>;
