import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Language } from '../../platform/fields.ts';
import { withFooter } from './footer.ts';
import type { Placeholder, Values } from './placeholders.ts';
import type { ParsedTemplate } from './render.ts';

const notices = ['cancellationPolicy', 'privacyLink', 'termsLink'] as const satisfies readonly Placeholder[];
type Notices = Pick<Values, (typeof notices)[number]>;

const labels: Record<Language, Record<(typeof notices)[number], string>> = {
  en: { cancellationPolicy: 'Cancellation policy: ', privacyLink: 'Privacy: ', termsLink: 'Terms: ' },
  bn: { cancellationPolicy: 'বাতিলের নিয়ম: ', privacyLink: 'গোপনীয়তা: ', termsLink: 'শর্তাবলি: ' },
  hi: { cancellationPolicy: 'अपॉइंटमेंट रद्द करने के नियम: ', privacyLink: 'निजता: ', termsLink: 'शर्तें: ' },
  ru: { cancellationPolicy: 'Условия отмены: ', privacyLink: 'Конфиденциальность: ', termsLink: 'Условия: ' },
};

/** Notices that the business has set, as values. */
export const noticeValues = ({ settings, text }: CatalogueIndex, language: Language): Notices => ({
  ...(settings.cancellationPolicy ? { cancellationPolicy: text(settings.cancellationPolicy, language) } : {}),
  ...(settings.privacyUrl ? { privacyLink: settings.privacyUrl } : {}),
  ...(settings.termsUrl ? { termsLink: settings.termsUrl } : {}),
});

/** The template with them at the end of every mail to a client, whoever wrote it. The manager's mails need none. */
export const withNotices = (template: ParsedTemplate, values: Notices, language: Language): ParsedTemplate => {
  if (template.name === 'low-score') return template;
  const lines = notices
    .filter((name) => values[name] !== undefined)
    .map((name) => [{ text: labels[language][name] }, { name }]);
  return lines.length === 0 ? template : { ...template, email: withFooter(template.email, [[], ...lines]) };
};
