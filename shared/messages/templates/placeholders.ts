import type { messageTemplates } from '../../business/catalogue.ts';

/** `text` becomes one line, `lines` keeps its line breaks, `url` must be an http(s) address. */
export type PlaceholderKind = 'text' | 'lines' | 'url';

export interface PlaceholderRule {
  /** For whoever writes templates. */
  about: string;
  kind: PlaceholderKind;
  /** May be empty; then the line of the template on which it stands is left out. */
  optional?: true;
}

/** Everything that a template may ask for. */
export const placeholders = {
  firstName: { about: 'The first name given at booking.', kind: 'text' },
  business: { about: 'The name of the business.', kind: 'text' },
  services: { about: 'The services of the visit, separated by commas.', kind: 'text' },
  staff: { about: 'Who performs them, each person once.', kind: 'text' },
  date: { about: 'Local day and month of the visit: 24 November.', kind: 'text' },
  time: { about: 'Local time of the start: 10:30.', kind: 'text' },
  when: { about: 'Weekday, date and time in one phrase: Tuesday 24 November at 10:30.', kind: 'text' },
  whenShort: { about: 'The same in short, for texts: Tue 24 Nov, 10:30.', kind: 'text' },
  location: { about: 'The name of the location.', kind: 'text' },
  address: { about: 'The address of the location.', kind: 'text' },
  phone: { about: 'The phone of the location.', kind: 'text', optional: true },
  repeats: {
    about:
      'For the first of repeating appointments that were booked, moved or cancelled together: how many they are; in a mail with a line for each, in a text with the last date.',
    kind: 'lines',
    optional: true,
  },
  confirmBy: {
    about: 'A sentence, where the client must confirm: until when, and that the time is given away otherwise.',
    kind: 'text',
    optional: true,
  },
  link: { about: 'The page of the appointment: view, confirm, move, cancel.', kind: 'url' },
  newsLink: {
    about: 'Where a client who has ticked the box for news and offers says yes to it; empty for everybody else.',
    kind: 'url',
    optional: true,
  },
  reviewLink: { about: 'The page where the client reviews the visit.', kind: 'url' },
  publicReviewLink: {
    about: 'Where everyone is invited to review in public; the same for every client, whatever the score.',
    kind: 'url',
    optional: true,
  },
  bookLink: { about: 'The booking page.', kind: 'url' },
  offerLink: { about: 'The page where the client takes the time that has come free.', kind: 'url' },
  until: { about: 'Until when that time is kept for the client.', kind: 'text' },
  days: { about: 'The first and the last day for which the client waits: 24–30 November.', kind: 'text' },
  waitingLink: { about: 'The page of the client’s place on the waiting list.', kind: 'url' },
  askProof: {
    about: 'A sentence, where nobody knows yet that the address is the client’s own: to say so by the link.',
    kind: 'text',
    optional: true,
  },
  unsubscribeLink: {
    about:
      'The page that stops marketing messages to this address. What can be stopped gets it at the end if it isn’t there.',
    kind: 'url',
  },
  cancellationPolicy: { about: 'The cancellation policy of the business, in the footer of every mail.', kind: 'lines' },
  privacyLink: {
    about: 'Where the business says what it does with personal data; in the footer of every mail.',
    kind: 'url',
  },
  termsLink: { about: 'The terms of the business; in the footer of every mail.', kind: 'url' },
  clientName: { about: 'The full name of the client, for the manager only.', kind: 'text' },
  clientPhone: { about: 'The phone of the client, for the manager only.', kind: 'text', optional: true },
  clientEmail: { about: 'The email address of the client, for the manager only.', kind: 'text', optional: true },
  score: { about: 'The score of the review, 1 to 5, in the digits of the language.', kind: 'text' },
  words: { about: 'What the client wrote in the review.', kind: 'lines', optional: true },
} as const satisfies Record<string, PlaceholderRule>;

export type Placeholder = keyof typeof placeholders;

/** The value for each placeholder; empty only where it is optional. */
export type Values = Partial<Record<Placeholder, string>>;

export type MessageTemplate = (typeof messageTemplates)[number];

const visit = [
  'firstName',
  'business',
  'services',
  'staff',
  'date',
  'time',
  'when',
  'whenShort',
  'location',
  'address',
  'phone',
] as const satisfies readonly Placeholder[];

/** Values that each template may ask for: only what the message's purpose needs. */
export const allowedIn: Record<MessageTemplate, readonly Placeholder[]> = {
  confirmation: [...visit, 'repeats', 'confirmBy', 'link', 'newsLink', 'unsubscribeLink'],
  reminder: [...visit, 'confirmBy', 'link', 'unsubscribeLink'],
  moved: [...visit, 'repeats', 'confirmBy', 'link', 'unsubscribeLink'],
  cancelled: [...visit, 'repeats', 'link', 'bookLink', 'unsubscribeLink'],
  'review-request': [...visit, 'reviewLink', 'publicReviewLink', 'unsubscribeLink'],
  'come-back': [...visit, 'bookLink', 'unsubscribeLink'],
  'waiting-joined': [
    'firstName',
    'business',
    'services',
    'location',
    'address',
    'phone',
    'days',
    'waitingLink',
    'askProof',
  ],
  'waiting-offer': [...visit, 'offerLink', 'until'],
  'low-score': [
    'business',
    'services',
    'staff',
    'date',
    'time',
    'when',
    'whenShort',
    'location',
    'clientName',
    'clientPhone',
    'clientEmail',
    'score',
    'words',
  ],
};

/** Placeholders that must be there: by law, marketing says how to stop; the waiting list is of no use without its links. */
export const requiredIn: Partial<Record<MessageTemplate, readonly Placeholder[]>> = {
  'waiting-joined': ['waitingLink'],
  'waiting-offer': ['offerLink'],
  'come-back': ['business', 'unsubscribeLink'],
};

/**
 * One template in one language, as its author writes it: plain text with `{{placeholder}}`, no logic and no markup.
 *
 * `email`: paragraphs stand apart by an empty line. In HTML a paragraph of several lines becomes a box of details;
 * the first paragraph of the form `Label: {{link}}` becomes the button, later ones links; what follows a line `--`
 * is the footer. A line whose optional placeholder has no value is left out.
 */
export interface TemplateText {
  subject: string;
  email: string;
  sms: string;
}

/** A language's set. */
export type TemplateSet = Record<MessageTemplate, TemplateText>;
