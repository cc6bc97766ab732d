import type { ClientDetails } from './clients.ts';
import { normaliseEmail } from './email.ts';
import { normalisePhone } from './phone.ts';

/**
 * Phone in E.164, e-mail in lower case; throws unprocessable for a phone that can't be. A file of its own: the phone
 * library weighs 118 kB, and only what takes bookings needs it.
 */
export const normaliseContact = <T extends ClientDetails>(details: T, country: string): T => {
  const phone = details.phone ? normalisePhone(details.phone, country, 'client.phone') : undefined;
  return { ...details, phone, email: details.email ? normaliseEmail(details.email) : undefined };
};
