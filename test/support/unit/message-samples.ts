import type { Act, SeriesSummary } from '../../../shared/messages/templates/repeats.ts';
import type { MessageTemplate, Values } from '../../../shared/messages/templates/standard/index.ts';
import {
  joinedValues,
  type LowScoreMessage,
  lowScoreValues,
  offerValues,
  type VisitMessage,
  visitValues,
} from '../../../shared/messages/templates/values.ts';
import type { Language } from '../../../shared/platform/fields.ts';
import { addDays, instantOf } from '../../../shared/platform/time/time.ts';

/** What a salon would really send, in each language; links as long as the real ones. */

const own: Record<Language, { firstName: string; services: string[]; staff: string; location: string; words: string }> =
  {
    en: {
      firstName: 'Anna',
      services: ['Cut and blow-dry', 'Full colour'],
      staff: 'Marta',
      location: 'Riverside',
      words: 'Waited half an hour.',
    },
    bn: {
      firstName: 'রহিমা',
      services: ['চুল কাটা ও ব্লো-ড্রাই', 'রং করা'],
      staff: 'নাসরিন',
      location: 'ধানমন্ডি',
      words: 'আধা ঘণ্টা অপেক্ষা করতে হয়েছে।',
    },
    hi: {
      firstName: 'प्रिया',
      services: ['हेयर कट और ब्लो-ड्राई', 'पूरा रंग'],
      staff: 'मीरा',
      location: 'रिवरसाइड',
      words: 'आधा घंटा इंतज़ार करना पड़ा।',
    },
    ru: {
      firstName: 'Мария',
      services: ['Стрижка и укладка', 'Окрашивание'],
      staff: 'Ольга',
      location: 'Набережная',
      words: 'Пришлось ждать полчаса.',
    },
  };

const token = 'k3v9x2m7q4w8e1r5t6y0u2i9o3p7a1s4';

export const sampleVisit = (
  language: Language,
  zone = 'Europe/London',
  base = 'https://book.glow-salon.com',
): VisitMessage => {
  const { firstName, services, staff, location } = own[language];
  return {
    language,
    firstName,
    country: 'GB',
    business: 'Glow Salon',
    location: { name: location, address: '12 Mill Lane, London SE1 2AB', phone: '+44 20 7946 0123', zone },
    startsAt: instantOf('2026-11-24', '10:30', zone),
    now: instantOf('2026-11-22', '09:00', zone),
    services: services.map((name) => ({ name, staffName: staff })),
    links: {
      manage: `${base}/a/${token}`,
      review: `${base}/r/${token}`,
      publicReview: 'https://reviews.example.com/glow-salon',
      unsubscribe: `${base}/u/${token}`,
      book: `${base}/book`,
    },
  };
};

/** So many visits a week apart, the first of them that of `sampleVisit`. */
export const sampleSeries = (act: Act, count: number, zone = 'Europe/London'): SeriesSummary => ({
  act,
  dates: Array.from({ length: count }, (_, week) => ({
    startsAt: instantOf(addDays('2026-11-24', 7 * week), '10:30', zone),
    zone,
    services: ['Cut'],
    location: 'Riverside',
  })),
});

export const sampleLowScore = (language: Language): LowScoreMessage => {
  const visit = sampleVisit(language);
  return {
    ...visit,
    clientName: `${own[language].firstName} Brown`,
    clientPhone: '+44 7700 900123',
    clientEmail: 'anna.brown@example.com',
    score: 2,
    words: own[language].words,
  };
};

export const sampleValues = (template: MessageTemplate, language: Language, base?: string): Values => {
  if (template === 'low-score') return lowScoreValues(sampleLowScore(language));
  const visit = sampleVisit(language, undefined, base);
  if (template === 'waiting-joined') {
    const { services, location } = own[language];
    return joinedValues({
      ...{ ...visit, services, location: { ...visit.location, name: location } },
      ...{ from: '2026-11-24', to: '2026-11-30', isUnproven: true },
      waitingLink: `${base ?? 'https://book.glow-salon.com'}/w/${token}`,
    });
  }
  if (template !== 'waiting-offer') return visitValues(visit);
  const until = visit.now + 30 * 60_000;
  return offerValues({ ...visit, offerLink: `${base ?? 'https://book.glow-salon.com'}/o/${token}`, until });
};
