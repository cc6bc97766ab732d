import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { Channel, Language } from '../platform/fields.ts';
import type { Clock } from '../platform/time/clock.ts';
import { composeMail, type Mail } from './compose/mail.ts';
import type { OutgoingMessage } from './message.ts';
import { messageTag } from './send/tags.ts';
import { noticeValues, withNotices } from './templates/notices.ts';
import { withOptOut, withPostalAddress, withReplyStop } from './templates/opt-out.ts';
import type { MessageTemplate, Values } from './templates/placeholders.ts';
import { renderEmail, renderSms } from './templates/render.ts';
import { createTemplateResolver, type ResolveTemplate } from './templates/resolve.ts';

/** A capability's wish to have a message sent: to whom and why, and the values for the template. */
export interface Draft
  extends Pick<OutgoingMessage, 'key' | 'purpose' | 'cause' | 'isOnline' | 'recipients' | 'by' | 'told'> {
  template: MessageTemplate;
  language: Language;
  /** May differ by channel: an unsubscribe link stops the one in which it stands. */
  values(channel: Channel): Values;
  /** Absolute. With it, whoever has pressed it gets no more of these. */
  unsubscribeUrl?: string | undefined;
  /** Calendar file of the appointment, for mail. */
  calendar?: ((sender: string) => Mail['calendar']) | undefined;
}

/** Makes messages out of drafts, in the business's own words where it has some. */
export const createComposer = (deps: { senderAddress: string; now: Clock; resolve?: ResolveTemplate }) => {
  const { senderAddress, now, resolve = createTemplateResolver() } = deps;
  return (catalogueIndex: CatalogueIndex, draft: Draft): OutgoingMessage => {
    const {
      key,
      by,
      told,
      cause,
      isOnline,
      template: name,
      language,
      purpose,
      recipients,
      values,
      unsubscribeUrl,
      calendar,
    } = draft;
    const stoppable = unsubscribeUrl !== undefined;
    const active = resolve(catalogueIndex, name, language);
    const notices = noticeValues(catalogueIndex, language);
    const addressed = purpose === 'marketing' ? withPostalAddress(active) : active;
    const template = withNotices(stoppable ? withOptOut(addressed, language) : addressed, notices, language);
    return {
      key,
      by,
      told,
      template: name,
      language,
      purpose,
      cause,
      isOnline,
      stoppable,
      keptDays: catalogueIndex.settings.retention.messagesDays,
      recipients,
      mail: (to) =>
        composeMail({
          from: { name: catalogueIndex.settings.name, address: senderAddress },
          to,
          date: now(),
          ...renderEmail(template, { ...values('email'), ...notices }, language),
          id: messageTag(key).replaceAll('_', '.'),
          unsubscribeUrl,
          calendar: calendar?.(senderAddress),
        }),
      text: (first) => renderSms(first ? withReplyStop(template, language) : template, values('sms')),
    };
  };
};
export type Compose = ReturnType<typeof createComposer>;
