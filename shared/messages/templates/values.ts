import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Channel, Language } from '../../platform/fields.ts';
import { localeOf } from '../../platform/time/locale.ts';
import { type Instant, type LocalDate, startOfDay } from '../../platform/time/time.ts';
import { farAway, type Moment, momentValues } from './moment.ts';
import type { Values } from './placeholders.ts';
import { repeatsText, type SeriesSummary } from './repeats.ts';

/** Values about a visit in a message; names in the language of the message. */
export interface VisitMessage {
  language: Language;
  firstName: string;
  business: string;
  /** ISO 3166; gives English its regional dates (24 November or November 24). Absent: GB. */
  country: string;
  location: { name: string; address: string; phone?: string | undefined; zone: string };
  startsAt: Instant;
  /** Time of rendering: a date far from it shows its year. */
  now: Instant;
  services: readonly { name: string; staffName: string }[];
  /** For the first of a series, which speaks for all. */
  repeats?: SeriesSummary | undefined;
  /** Cancelled by itself unless the client confirms until then. */
  confirmBy?: Instant | undefined;
  /** Absolute addresses; those that the template does not ask for may be absent. */
  links: {
    manage?: string | undefined;
    review?: string | undefined;
    publicReview?: string | undefined;
    unsubscribe?: string | undefined;
    /** Address of the page where whoever has ticked the box for this address says yes to it. */
    news?: string | undefined;
    book?: string | undefined;
  };
}

/** A released time that is kept for somebody who waits. */
export interface OfferMessage extends Omit<VisitMessage, 'links' | 'repeats' | 'confirmBy'> {
  offerLink: string;
  /** The time is the client's until then. */
  until: Instant;
}

/** Somebody who has joined the waiting list. */
export interface JoinedMessage extends Pick<VisitMessage, 'language' | 'firstName' | 'business' | 'country' | 'now'> {
  location: Omit<VisitMessage['location'], 'zone'>;
  /** Names of the services of the visit. */
  services: readonly string[];
  /** First and last local day, both included. */
  from: LocalDate;
  to: LocalDate;
  waitingLink: string;
  /** Nobody knows yet that the address is the client's own. */
  isUnproven: boolean;
}

/** Values for telling the manager of a low score, in the manager's language. */
export interface LowScoreMessage
  extends Pick<VisitMessage, 'language' | 'business' | 'country' | 'startsAt' | 'now' | 'services'> {
  location: { name: string; zone: string };
  clientName: string;
  clientPhone?: string | undefined;
  clientEmail?: string | undefined;
  /** 1 to 5. */
  score: number;
  words?: string | undefined;
}

/** The business and one of its locations, as messages name them; by its id where the location is gone. `zone`: IANA. */
export const venueOf = (
  catalogueIndex: Pick<CatalogueIndex, 'settings' | 'location'>,
  { locationId, zone }: { locationId: string; zone: string },
): Pick<VisitMessage, 'business' | 'country' | 'location'> => {
  const { name = locationId, address = locationId, phone } = catalogueIndex.location(locationId) ?? {};
  const { settings } = catalogueIndex;
  return { business: settings.name, country: settings.country, location: { name, address, phone, zone } };
};

/** Until when to confirm, and what happens otherwise; empty where it need not be confirmed. */
const confirmSentence = (visit: Pick<VisitMessage, 'confirmBy'> & Moment): string => {
  if (visit.confirmBy === undefined) return '';
  const { whenShort } = momentValues({ ...visit, startsAt: visit.confirmBy });
  const sentences = {
    en: `Please confirm by ${whenShort}, or we'll offer the time to someone else.`,
    bn: `${whenShort}-এর মধ্যে নিশ্চিত করুন, নইলে সময়টি অন্য কাউকে দেওয়া হবে।`,
    hi: `${whenShort} तक पुष्टि करें, नहीं तो यह समय किसी और को दे दिया जाएगा।`,
    ru: `Подтвердите, пожалуйста, до ${whenShort}, иначе мы предложим время другим.`,
  };
  return sentences[visit.language];
};

/** Services stand with commas, for their own names are full of "and"; people are joined by the language's "and". */
const servicesValues = (
  visit: Pick<VisitMessage, 'services' | 'language' | 'country'>,
): Pick<Values, 'services' | 'staff'> => {
  const people = new Set(visit.services.map((service) => service.staffName));
  return {
    services: visit.services.map((service) => service.name).join(', '),
    staff: new Intl.ListFormat(localeOf(visit.language, visit.country), { type: 'conjunction' }).format(people),
  };
};

/**
 * A name that a stranger typed must not advertise: whoever books with somebody else's address could otherwise send
 * them a link in the business's name. Signs that make a link go, and a full stop gets its space
 * (`А.С. Пушкин` stays readable, `evil.example` stops being a link).
 */
const nameOnly = (name: string): string =>
  name
    .replace(/[:/\\@]+/g, ' ')
    .replace(/[.\u3002\uff0e\uff61](?=\S)/g, '$& ')
    .trim() || '–';

/**
 * Keeps a stranger's words as they are, but no address in them becomes a link that the manager could press: every one
 * that a mail program finds has a scheme, or a full stop before the letters of a domain.
 */
const wordsOnly = (words: string): string =>
  words.replace(/:\/\//g, ': ').replace(/[.\u3002\uff0e\uff61](?=\p{L})/gu, '$& ');

const given = (values: { [P in keyof Values]?: Values[P] | undefined }): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

type ClientMessage = Omit<VisitMessage, 'links'>;

const placeAndTime = (visit: ClientMessage): Values => ({
  firstName: nameOnly(visit.firstName),
  business: visit.business,
  ...servicesValues(visit),
  ...momentValues(visit),
  location: visit.location.name,
  address: visit.location.address,
  phone: visit.location.phone ?? '',
});

/** Values for the templates about an appointment that go to a client: a text says in short what a mail tells at length. */
export const visitValues = (visit: VisitMessage, channel: Channel = 'email'): Values =>
  given({
    ...placeAndTime(visit),
    repeats: repeatsText(visit, channel),
    confirmBy: confirmSentence(visit),
    link: visit.links.manage,
    newsLink: visit.links.news ?? '',
    reviewLink: visit.links.review,
    publicReviewLink: visit.links.publicReview ?? '',
    bookLink: visit.links.book,
    unsubscribeLink: visit.links.unsubscribe,
  });

const daysOf = ({ language, country, from, to, now }: JoinedMessage): string => {
  const [first, last] = [from, to].map((date) => startOfDay(date, 'UTC')) as [Instant, Instant];
  const format = new Intl.DateTimeFormat(localeOf(language, country), {
    ...{ timeZone: 'UTC', day: 'numeric', month: 'long' },
    ...(last - now > farAway ? { year: 'numeric' } : {}),
  });
  return format.formatRange(first, last);
};

const askProof: Record<Language, string> = {
  en: 'Please confirm by the link that this is you: until then we can’t offer you a time.',
  bn: 'অনুগ্রহ করে লিংকটি খুলে জানান যে এটি আপনি: তার আগে আমরা আপনাকে সময় দিতে পারব না।',
  hi: 'कृपया लिंक खोलकर बताएँ कि यह आप ही हैं: उससे पहले हम आपको समय नहीं दे पाएँगे।',
  ru: 'Подтвердите по ссылке, что это вы: до этого мы не сможем предложить вам время.',
};

/** Values for `waiting-joined`. */
export const joinedValues = (joined: JoinedMessage): Values => ({
  firstName: nameOnly(joined.firstName),
  business: joined.business,
  services: joined.services.join(', '),
  location: joined.location.name,
  address: joined.location.address,
  phone: joined.location.phone ?? '',
  days: daysOf(joined),
  waitingLink: joined.waitingLink,
  askProof: joined.isUnproven ? askProof[joined.language] : '',
});

/** Values for `waiting-offer`. */
export const offerValues = (offer: OfferMessage): Values => ({
  ...placeAndTime(offer),
  offerLink: offer.offerLink,
  until: momentValues({ ...offer, startsAt: offer.until }).whenShort ?? '',
});

/** Values for `low-score`. */
export const lowScoreValues = (review: LowScoreMessage): Values =>
  given({
    business: review.business,
    ...servicesValues(review),
    ...momentValues(review),
    location: review.location.name,
    clientName: nameOnly(review.clientName),
    clientPhone: review.clientPhone ?? '',
    clientEmail: review.clientEmail ?? '',
    score: new Intl.NumberFormat(localeOf(review.language, review.country)).format(review.score),
    words: wordsOnly(review.words ?? ''),
  });
