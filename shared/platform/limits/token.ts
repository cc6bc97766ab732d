import type { Limits } from './counters.ts';

/** Purpose of the names by which the table counts what is done by a form or a link. */
export const holderPurpose = 'attempts';

/** Settings by which the attempts by one form or one link are limited. */
export interface TokenLimits {
  perTokenPerMinute: number;
  perTokenPerHour: number;
  perTokenPerDay: number;
}

export const ofToken = ({ perTokenPerMinute, perTokenPerHour, perTokenPerDay }: TokenLimits): Limits => ({
  perMinute: perTokenPerMinute,
  perHour: perTokenPerHour,
  perDay: perTokenPerDay,
});
