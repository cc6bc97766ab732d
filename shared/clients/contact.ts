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
