import type { Language } from '../../shared/platform/fields.ts';

/**
 * The catalogue knows categories by id only. The usual ones of a salon are named here;
 * any other is shown as its id reads: `hot-stones` as `Hot stones`.
 */
const names: Record<string, Record<Language, string>> = {
  hair: { en: 'Hair', bn: 'চুল', hi: 'बाल', ru: 'Волосы' },
  cuts: { en: 'Cuts', bn: 'চুল কাটা', hi: 'हेयरकट', ru: 'Стрижки' },
  colour: { en: 'Colour', bn: 'চুল রং করা', hi: 'हेयर कलर', ru: 'Окрашивание' },
  styling: { en: 'Styling', bn: 'স্টাইলিং', hi: 'स्टाइलिंग', ru: 'Укладка' },
  beard: { en: 'Beard', bn: 'দাড়ি', hi: 'दाढ़ी', ru: 'Борода' },
  nails: { en: 'Nails', bn: 'নখ', hi: 'नाखून', ru: 'Ногти' },
  hands: { en: 'Hands', bn: 'হাত', hi: 'हाथ', ru: 'Руки' },
  feet: { en: 'Feet', bn: 'পা', hi: 'पैर', ru: 'Ноги' },
  face: { en: 'Face', bn: 'মুখ', hi: 'चेहरा', ru: 'Лицо' },
  skin: { en: 'Skin', bn: 'ত্বক', hi: 'त्वचा', ru: 'Кожа' },
  brows: { en: 'Brows', bn: 'ভ্রু', hi: 'भौहें', ru: 'Брови' },
  lashes: { en: 'Lashes', bn: 'চোখের পাপড়ি', hi: 'पलकें', ru: 'Ресницы' },
  makeup: { en: 'Make-up', bn: 'মেকআপ', hi: 'मेकअप', ru: 'Макияж' },
  massage: { en: 'Massage', bn: 'ম্যাসাজ', hi: 'मसाज', ru: 'Массаж' },
  body: { en: 'Body', bn: 'শরীর', hi: 'शरीर', ru: 'Тело' },
  spa: { en: 'Spa', bn: 'স্পা', hi: 'स्पा', ru: 'Спа' },
  waxing: { en: 'Waxing', bn: 'ওয়াক্সিং', hi: 'वैक्सिंग', ru: 'Восковая эпиляция' },
  bridal: { en: 'Bridal', bn: 'কনের সাজ', hi: 'दुल्हन', ru: 'Для невесты' },
  care: { en: 'Care', bn: 'যত্ন', hi: 'देखभाल', ru: 'Уход' },
  consultation: { en: 'Consultation', bn: 'পরামর্শ', hi: 'परामर्श', ru: 'Консультация' },
};

const sameAs: Record<string, string> = {
  color: 'colour',
  haircut: 'cuts',
  haircuts: 'cuts',
  cut: 'cuts',
  barber: 'beard',
  facial: 'face',
  facials: 'face',
  eyebrows: 'brows',
  'make-up': 'makeup',
  massages: 'massage',
};

const readable = (id: string): string => {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export const categoryName = (id: string, language: Language): string =>
  names[sameAs[id] ?? id]?.[language] ?? readable(id);
