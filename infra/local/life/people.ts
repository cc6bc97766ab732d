import type { Language } from '../../../shared/platform/fields.ts';

/** A client as the desk enters one. */
interface Invented {
  firstName: string;
  lastName: string;
  phone?: string;
  email?: string;
  language: Language;
}

/** Nobody's: numbers that are kept for fiction (555-01xx), and addresses at domains that are kept for examples. */
export const people = {
  grace: { firstName: 'Grace', lastName: 'Miller', phone: '+17185550111', email: 'grace@example.com', language: 'en' },
  tania: { firstName: 'তানিয়া', lastName: 'আক্তার', phone: '+17185550112', language: 'bn' },
  irina: { firstName: 'Ирина', lastName: 'Соколова', email: 'irina@example.org', language: 'ru' },
  anita: { firstName: 'अनीता', lastName: 'वर्मा', phone: '+17185550114', email: 'anita@example.net', language: 'hi' },
  daniel: { firstName: 'Daniel', lastName: 'Ortiz', email: 'daniel@example.com', language: 'en' },
  hannah: { firstName: 'Hannah', lastName: 'Lee', phone: '+17185550116', email: 'hannah@example.org', language: 'en' },
  jamal: { firstName: 'Jamal', lastName: 'Carter', phone: '+17185550117', language: 'en' },
  farhan: { firstName: 'ফারহান', lastName: 'চৌধুরী', email: 'farhan@example.com', language: 'bn' },
  ruth: { firstName: 'Ruth', lastName: 'Adeyemi', phone: '+17185550119', email: 'ruth@example.com', language: 'en' },
  rohan: { firstName: 'रोहन', lastName: 'मेहता', phone: '+17185550120', language: 'hi' },
  victor: { firstName: 'Victor', lastName: 'Hale', phone: '+17185550121', language: 'en' },
  maya: { firstName: 'Maya', lastName: 'Cohen', email: 'maya@example.net', language: 'en' },
  alexey: { firstName: 'Алексей', lastName: 'Морозов', phone: '+13235550123', language: 'ru' },
  zoe: { firstName: 'Zoe', lastName: 'Hart', phone: '+13235550124', email: 'zoe@example.com', language: 'en' },
  lucas: { firstName: 'Lucas', lastName: 'Brandt', email: 'lucas@example.org', language: 'en' },
  emily: { firstName: 'Emily', lastName: 'Novak', phone: '+13235550126', email: 'emily@example.com', language: 'en' },
  theo: { firstName: 'Theo', lastName: 'Lindqvist', email: 'theo@example.net', language: 'en' },
} as const satisfies Record<string, Invented>;

export type PersonName = keyof typeof people;
