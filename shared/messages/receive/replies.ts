import type { Language } from '../../platform/fields.ts';
import type { ReplyTemplate } from '../contract.ts';

type Reply = (values: { business: string; phone: string | undefined }) => string;

const call = (text: string, phone: string | undefined): string => (phone ? ` ${text} ${phone}.` : '');

/**
 * Answers to STOP, START and HELP. Carriers want the name of the business in each, in the answer to HELP how
 * to reach it and how to stop (CTIA Messaging Principles and Best Practices).
 */
export const replies: Record<Language, Record<ReplyTemplate, Reply>> = {
  en: {
    'text-stopped': ({ business, phone }) =>
      `${business}: you are unsubscribed and get no more texts from us. Reply START to get them again.${call('To change an appointment call', phone)}`,
    'text-resumed': ({ business }) =>
      `${business}: you get texts about your appointments again. Reply STOP to end them, HELP for help.`,
    'text-help': ({ business, phone }) =>
      `${business}: we text about appointments.${call('Call us:', phone)} Reply STOP to end texts. Message and data rates may apply.`,
  },
  bn: {
    'text-stopped': ({ business, phone }) =>
      `${business}: আপনাকে আর বার্তা পাঠানো হবে না। আবার পেতে START লিখুন।${call('ফোন:', phone)}`,
    'text-resumed': ({ business }) => `${business}: আপনি আবার অ্যাপয়েন্টমেন্টের বার্তা পাবেন। বন্ধ করতে STOP লিখুন।`,
    'text-help': ({ business, phone }) =>
      `${business}: আমরা অ্যাপয়েন্টমেন্টের বার্তা পাঠাই।${call('ফোন:', phone)} বন্ধ করতে STOP লিখুন।`,
  },
  hi: {
    'text-stopped': ({ business, phone }) =>
      `${business}: आपको अब संदेश नहीं भेजे जाएँगे। फिर पाने के लिए START लिखें।${call('फ़ोन:', phone)}`,
    'text-resumed': ({ business }) => `${business}: आपको अपॉइंटमेंट के संदेश फिर से मिलेंगे। बंद करने के लिए STOP लिखें।`,
    'text-help': ({ business, phone }) =>
      `${business}: हम अपॉइंटमेंट के संदेश भेजते हैं।${call('फ़ोन:', phone)} बंद करने के लिए STOP लिखें।`,
  },
  ru: {
    'text-stopped': ({ business, phone }) =>
      `${business}: вы отписаны, сообщений больше не будет. Чтобы снова получать сообщения, ответьте START.${call('Телефон:', phone)}`,
    'text-resumed': ({ business }) => `${business}: вы снова получаете сообщения о записях. Отписаться: STOP.`,
    'text-help': ({ business, phone }) =>
      `${business}: присылаем сообщения о ваших записях.${call('Телефон:', phone)} Отписаться: ответьте STOP.`,
  },
};
