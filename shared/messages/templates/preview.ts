import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Channel, Language } from '../../platform/fields.ts';
import { addDays, day, type Instant, instantAtOrAfter, localDate } from '../../platform/time/time.ts';
import { outsideGsm } from '../compose/sms-parts.ts';
import { noticeValues, withNotices } from './notices.ts';
import { isStoppable, withOptOut, withPostalAddress } from './opt-out.ts';
import { placeholders, type Values } from './placeholders.ts';
import { type ParsedTemplate, renderEmail, renderSms, type TemplatePart, textWritten } from './render.ts';
import type { Act } from './repeats.ts';
import { joinedValues, lowScoreValues, offerValues, visitValues } from './values.ts';

/** Somebody made up, in the language of the template. */
const people: Record<Language, { first: string; last: string; words: string }> = {
  en: { first: 'Anna', last: 'Brown', words: 'I waited half an hour.' },
  bn: { first: 'রহিমা', last: 'বেগম', words: 'আধা ঘণ্টা অপেক্ষা করতে হয়েছে।' },
  hi: { first: 'प्रिया', last: 'शर्मा', words: 'आधा घंटा इंतज़ार करना पड़ा।' },
  ru: { first: 'Мария', last: 'Иванова', words: 'Пришлось ждать полчаса.' },
};

/** Links as long as the real ones: they make half of a text. */
const sampleLink = (page: string): string => `https://a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com${page}`;
const sampleToken = 'k3v9x2m7q4w8e1r5t6y0u2i9o3p7a1s4d8f6g0h2j5k7';

const actIn = (name: ParsedTemplate['name']): Act => {
  if (name === 'moved') return 'move';
  return name === 'cancelled' ? 'cancellation' : 'booking';
};

/** The business's own first location, service and person, three days from now at half past ten. */
const sampleValues = (
  catalogueIndex: CatalogueIndex,
  name: ParsedTemplate['name'],
  language: Language,
  now: Instant,
  channel: Channel,
): Values => {
  const { settings, locations, services, staff } = catalogueIndex;
  const [location] = locations;
  const [service] = services;
  const zone = location?.zone ?? 'UTC';
  const date = localDate(now + 3 * day, zone);
  const startsAt = instantAtOrAfter(date, '10:30', zone);
  const person = people[language];
  const visit = {
    language,
    firstName: person.first,
    business: settings.name,
    country: settings.country,
    location: {
      name: location?.name ?? settings.name,
      address: location?.address ?? settings.name,
      phone: location?.phone,
      zone,
    },
    startsAt,
    now,
    services: [
      {
        name: service ? catalogueIndex.text(service.name, language) : settings.name,
        staffName: staff[0]?.name ?? person.first,
      },
    ],
  };
  if (name === 'low-score')
    return lowScoreValues({
      ...visit,
      clientName: `${person.first} ${person.last}`,
      clientPhone: location?.phone,
      clientEmail: 'name@example.com',
      score: 2,
      words: person.words,
    });
  if (name === 'waiting-joined') {
    const from = localDate(now + 3 * day, zone);
    const waitingLink = sampleLink(`/w/${sampleToken}`);
    const services = visit.services.map((line) => line.name);
    return joinedValues({ ...visit, services, from, to: addDays(from, 7), waitingLink, isUnproven: true });
  }
  if (name === 'waiting-offer')
    return offerValues({ ...visit, offerLink: sampleLink(`/o/${sampleToken}`), until: now + day / 48 });
  const dates = Array.from({ length: 12 }, (_, week) => ({
    startsAt: instantAtOrAfter(addDays(date, 7 * week), '10:30', zone),
    zone,
    services: visit.services.map((line) => line.name),
    location: visit.location.name,
  }));
  const wholeVisit = {
    ...visit,
    repeats: { act: actIn(name), dates },
    confirmBy: now + day / 2,
    links: {
      manage: sampleLink(`/a/${sampleToken}`),
      news: sampleLink(`/a/${sampleToken}#news`),
      review: sampleLink(`/r/${sampleToken}`),
      publicReview: location?.publicReviewUrl,
      unsubscribe: sampleLink(`/u/${sampleToken}`),
      book: sampleLink('/book'),
    },
  };
  return visitValues(wholeVisit, channel);
};

interface Warning {
  part: TemplatePart;
  message: string;
}

/** Scripts of languages whose texts are UCS-2 whatever one writes. */
const ownScript = /[\p{Script=Cyrillic}\p{Script=Bengali}\p{Script=Devanagari}]/u;
const longSubject = 70;
const manyParts = 3;
const maxSmsBytes = 1_600;

/** Placeholders as other programs write them: `{firstName}`, `%firstName%`, `[firstName]`, or with braces of full width. */
const foreignPlaceholders = (text: string): string[] =>
  [...text.matchAll(/\$?\{(\w+)\}|%+(\w+)%+|\[+(\w+)\]+|｛+(\w+)｝+|<(\w+)>/g)].flatMap(([written, ...names]) =>
    names.some((name) => name !== undefined && name in placeholders) ? [written] : [],
  );

const foreignIn = (template: ParsedTemplate, part: TemplatePart): Warning[] =>
  foreignPlaceholders(textWritten(template, part)).map((written) => ({
    part,
    message: `${written} is sent as it stands; a placeholder is written {{${written.replace(/\W/g, '')}}}`,
  }));

const warningsOf = (template: ParsedTemplate, rendered: { subject: string; sms: { text: string; parts: number } }) => {
  const warnings = (['subject', 'email', 'sms'] as const).flatMap((part) => foreignIn(template, part));
  const { subject, sms } = rendered;
  if (subject.length > longSubject)
    warnings.push({ part: 'subject', message: `is ${subject.length} characters long; phones show about 40` });
  const written = textWritten(template, 'sms');
  const strange = outsideGsm(written);
  if (strange.length > 0 && !ownScript.test(written)) {
    const named = strange.map((character) => `“${character}”`).join(', ');
    warnings.push({
      part: 'sms',
      message: `${named}: not in the plain alphabet of texts, so that a part holds 67 characters instead of 153`,
    });
  }
  if (sms.parts > manyParts) warnings.push({ part: 'sms', message: `is sent, and billed, as ${sms.parts} texts` });
  if (Buffer.byteLength(sms.text) > maxSmsBytes)
    warnings.push({ part: 'sms', message: `is longer than the ${maxSmsBytes} bytes that can be sent` });
  return warnings;
};

/**
 * Renders a template as it reads on every channel, with the notices of the business, and the way to stop where the journey sends
 * it as something that can be stopped. Pure.
 */
export const previewOf = (catalogueIndex: CatalogueIndex, own: ParsedTemplate, language: Language, now: Instant) => {
  const sentAs = catalogueIndex.journey.filter((touchpoint) => touchpoint.template === own.name);
  const notices = noticeValues(catalogueIndex, language);
  const addressed = sentAs.some(({ purpose }) => purpose === 'marketing') ? withPostalAddress(own) : own;
  const template = withNotices(
    sentAs.some(isStoppable) ? withOptOut(addressed, language) : addressed,
    notices,
    language,
  );
  const values = (channel: Channel) => ({
    ...sampleValues(catalogueIndex, template.name, language, now, channel),
    ...notices,
  });
  const mail = renderEmail(template, values('email'), language);
  const { left, units: _, ...sms } = renderSms(template, values('sms'));
  return {
    ...mail,
    sms: { ...sms, charactersLeft: left },
    warnings: warningsOf(template, { subject: mail.subject, sms }),
  };
};
