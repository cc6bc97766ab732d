import type { Telemetry } from '../../platform/telemetry.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Attempts } from './attempts.ts';
import type { MailsStore } from './mails-store.ts';

/** Codes mailed to staff on a day of UTC; Cognito sends about 50 mails a day, and invitations are among them. */
const maxPerDay = 30;
/** Number from which on the log says so. */
const nearlyAll = 20;

interface MailsDeps {
  attempts: Pick<Attempts, 'subOf'>;
  store: MailsStore;
  now: Clock;
  telemetry: Pick<Telemetry, 'warn'>;
}

/** Counts the mails with a code that the pool sends on a day. */
export const createMails =
  ({ attempts, store, now, telemetry }: MailsDeps) =>
  /**
   * Whether there is still a mail for the address. Addresses under which nobody signs in get none from the pool; they are
   * counted apart, in the same steps, so that nobody uses the day up with invented ones, or tells them by the time it takes.
   */
  async (email: string): Promise<boolean> => {
    const isStaff = (await attempts.subOf(email)) !== undefined;
    const sent = await store.count(isStaff ? 'staff' : 'nobody', now());
    if (isStaff && sent >= nearlyAll) {
      telemetry.warn('codes mailed today are nearly as many as there may be', { sent, most: maxPerDay });
    }
    return !isStaff || sent <= maxPerDay;
  };
export type Mails = ReturnType<typeof createMails>;
