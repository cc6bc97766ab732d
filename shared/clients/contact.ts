import type { Settings } from '../business/catalogue.ts';
import { unprocessable } from '../platform/http/problems.ts';
import type { ClientDetails } from './clients.ts';

/** The address as it is compared: mailboxes that differ only in case are one. */
export const normaliseEmail = (text: string): string => text.trim().toLowerCase();

/**
 * Phone in E.164, e-mail in lower case; throws unprocessable for a phone that can't be. The numbering plans of all
 * countries are loaded when a number first asks for them.
 */
export const normaliseContact = async <T extends ClientDetails>(details: T, country: string): Promise<T> => {
  const numberOf = async (phone: string) => {
    const { normalisePhone } = await import('./phone.ts');
    return normalisePhone(phone, country, 'client.phone');
  };
  const phone = details.phone ? await numberOf(details.phone) : undefined;
  return { ...details, phone, email: details.email ? normaliseEmail(details.email) : undefined };
};

/** Whether two contacts, both normalised, have the same phone and the same email. */
export const hasSameAddresses = (
  one: Pick<ClientDetails, 'phone' | 'email'>,
  other: Pick<ClientDetails, 'phone' | 'email'>,
): boolean => one.phone === other.phone && one.email === other.email;

/** Whether the business sends texts to the number, which is in E.164. */
export const getsTexts = async (
  phone: string,
  { country, smsCountries = [country] }: Pick<Settings, 'country' | 'smsCountries'>,
): Promise<boolean> => {
  const { isTextable } = await import('./phone.ts');
  return isTextable(phone, smsCountries);
};

/** Asks for an e-mail where a client could not be written to otherwise. Throws unprocessable. */
export const mustBeReachable = async ({ phone, email }: ClientDetails, settings: Settings): Promise<void> => {
  if (email || !phone || (await getsTexts(phone, settings))) return;
  throw unprocessable('client.email', 'is needed: we send no texts to a number of that country or kind');
};
