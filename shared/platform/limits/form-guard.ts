import { createHash } from 'node:crypto';
import { Problem } from '../http/problems.ts';
import { newId, type Random } from '../ids.ts';
import type { RegularsTable } from '../table/table.ts';
import type { Clock } from '../time/clock.ts';
import { isoUtc, minute } from '../time/time.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { createCounters } from './counters.ts';
import { type HouseholdLimits, householdKey, ofHousehold, type SlowLimits, spacingOf } from './household.ts';
import { createSlowLane } from './slow-lane.ts';
import { holderPurpose, ofToken, type TokenLimits } from './token.ts';

/** Limits of public forms. */
export interface FormLimits extends HouseholdLimits, SlowLimits, TokenLimits {
  /** Between getting a form and sending it. */
  minimumSeconds: number;
}

const formPurpose = 'form';
/** Time from getting a form to when it can't be sent any more. */
export const formLifetime = 120 * minute;

type CountLimits = Omit<FormLimits, 'minimumSeconds'>;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12);

/**
 * Keeps bots out of public forms without troubling people: a signed token that must be fetched first and be some
 * seconds old, a field that only bots fill, and limits of attempts by household and by form. HTTP APIs have no WAF.
 */
export const createFormGuard = (table: RegularsTable, tokens: Tokens, now: Clock, random: Random) => {
  const counters = createCounters(table, now);
  const slowLane = createSlowLane(table, now);

  const reject = (detail: string) => new Problem('form_rejected', { detail });
  return {
    async issue({ minimumSeconds }: Pick<FormLimits, 'minimumSeconds'>) {
      const expiresAt = Math.ceil((now() + formLifetime) / minute) * minute;
      // The subject carries the moment of issue, so that the signature covers it.
      const issued = now().toString(36).padStart(9, '0');
      const formToken = await tokens.sign(formPurpose, issued + newId(random).slice(issued.length), expiresAt);
      return { formToken, usableFrom: isoUtc(now() + minimumSeconds * 1000 + 999), expiresAt: isoUtc(expiresAt) };
    },

    /** Instant at which the form was issued, in milliseconds since 1970. Throws form_rejected. */
    async verify(formToken: string): Promise<number> {
      const { subject } = await tokens.verify(formToken, formPurpose).catch((error: unknown) => {
        if (error instanceof Problem)
          throw reject('The form token is not valid or has expired; get a new one from GET /v1/form-token.');
        throw error;
      });
      return Number.parseInt(subject.slice(0, 9), 36);
    },

    /** Throws form_rejected. */
    async inspect(
      form: { formToken: string; website: string },
      { minimumSeconds }: Pick<FormLimits, 'minimumSeconds'>,
    ): Promise<void> {
      if (form.website !== '') throw reject('The field `website` must be left empty.');
      const age = now() - (await this.verify(form.formToken));
      if (age < minimumSeconds * 1000)
        throw new Problem('form_rejected', {
          detail: `The form was sent within ${minimumSeconds} seconds; wait a moment and send it again.`,
          retryAfter: Math.ceil((minimumSeconds * 1000 - age) / 1000),
        });
    },

    /**
     * Counts one attempt of a household and one of the form by minute, hour and day; only the very same request, sent
     * again within the minute, is not a new one. `mayWait`: an attempt of a household that is over its limits gets a place
     * in its queue, and is taken when it is sent again, unchanged, at that moment. `weight`: units that it takes of the
     * household's hour and day, and of the queue. Throws too_many_requests, busy.
     */
    async admit(
      sourceIp: string,
      formToken: string,
      request: unknown,
      limits: CountLimits,
      { mayWait, weight = 1 }: { mayWait: boolean; weight?: number },
    ): Promise<void> {
      const attempt = shortHash(JSON.stringify(request));
      const household = await householdKey(tokens, sourceIp);
      const form = await tokens.pseudonym(holderPurpose, formToken);
      try {
        const isNew = await counters.count(household, attempt, ofHousehold(sourceIp, limits), weight);
        if (!isNew) return;
      } catch (error) {
        if (!mayWait || !(error instanceof Problem && error.code === 'too_many_requests')) throw error;
        const freeAt = now() + (error.extras.retryAfter ?? 0) * 1000;
        const act = await tokens.pseudonym(holderPurpose, [formToken, household, attempt].join('.'));
        await slowLane.admit(act, household, { spacing: spacingOf(sourceIp, limits), weight }, freeAt);
      }
      await counters.count(form, attempt, ofToken(limits));
    },
  };
};
export type FormGuard = ReturnType<typeof createFormGuard>;
