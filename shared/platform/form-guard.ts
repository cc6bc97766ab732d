import { createHash } from 'node:crypto';
import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { set } from 'dynamodb-toolbox/schema/set';
import { string } from 'dynamodb-toolbox/schema/string';
import { Problem } from './http/problems.ts';
import { newId, type Random } from './ids.ts';
import { defineEntity, expiring } from './table/entity.ts';
import type { RegularsTable } from './table/table.ts';
import type { Clock } from './time/clock.ts';
import { isoUtc, minute } from './time/time.ts';
import type { Tokens } from './tokens/tokens.ts';

/** What public forms allow. */
export interface FormLimits {
  perAddressPerMinute: number;
  /** Between getting a form and sending it. */
  minimumSeconds: number;
}

const formPurpose = 'form';
const formLifetime = 120 * minute;

const attemptsEntity = defineEntity({
  name: 'FormAttempts',
  attributes: {
    address: string().key(),
    minute: number().key(),
    attempts: set(string()).optional(),
    ...expiring,
  },
  key: (key) => ({ pk: `ATTEMPTS#${key.address}`, sk: String(key.minute) }),
});

/** One household: an IPv4 address, or the 64-bit prefix within which an IPv6 visitor may choose any address. */
export const householdOf = (sourceIp: string): string => {
  if (!sourceIp.includes(':')) return sourceIp;
  const [head = '', tail] = sourceIp.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ? tail.split(':') : [])];
  return all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
};

/** So that no address stands in a key. */
export const addressKey = (sourceIp: string): string => shortHash(householdOf(sourceIp));

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12);

/**
 * Keeps bots out of public forms without troubling people: a signed token that must be fetched first and be some
 * seconds old, a field that only bots fill, and a limit of attempts by address and minute. HTTP APIs have no WAF.
 */
export const createFormGuard = (table: RegularsTable, tokens: Tokens, now: Clock, random: Random) => {
  const entity = attemptsEntity(table);
  const reject = (detail: string) => new Problem('form_rejected', { detail });
  return {
    async issue({ minimumSeconds }: FormLimits) {
      const expiresAt = Math.ceil((now() + formLifetime) / minute) * minute;
      // The subject carries the moment of issue, so that the signature covers it.
      const issued = now().toString(36).padStart(9, '0');
      const formToken = await tokens.sign(formPurpose, issued + newId(random).slice(issued.length), expiresAt);
      return { formToken, usableFrom: isoUtc(now() + minimumSeconds * 1000 + 999), expiresAt: isoUtc(expiresAt) };
    },

    /** When the form was issued, in milliseconds since 1970. Throws form_rejected. */
    async verify(formToken: string): Promise<number> {
      const { subject } = await tokens.verify(formToken, formPurpose).catch((error: unknown) => {
        if (error instanceof Problem)
          throw reject('The form token is not valid or has expired; get a new one from GET /v1/form-token.');
        throw error;
      });
      return Number.parseInt(subject.slice(0, 9), 36);
    },

    /** Throws form_rejected. */
    async inspect(form: { formToken: string; website: string }, { minimumSeconds }: FormLimits): Promise<void> {
      if (form.website !== '') throw reject('The field `website` must be left empty.');
      const age = now() - (await this.verify(form.formToken));
      if (age < minimumSeconds * 1000)
        throw new Problem('form_rejected', {
          detail: `The form was sent within ${minimumSeconds} seconds; wait a moment and send it again.`,
          retryAfter: Math.ceil((minimumSeconds * 1000 - age) / 1000),
        });
    },

    /** Counts one attempt; the same `attempt` again is not a new one. Throws too_many_requests. */
    async admit(sourceIp: string, attempt: string, { perAddressPerMinute }: FormLimits): Promise<void> {
      const thisMinute = Math.floor(now() / minute);
      try {
        await entity
          .build(UpdateItemCommand)
          .item({
            address: addressKey(sourceIp),
            minute: thisMinute,
            attempts: $add(new Set([shortHash(attempt)])),
            expiresAt: (thisMinute + 60) * 60,
          })
          .options({
            condition: {
              or: [
                { attr: 'attempts', exists: false },
                { size: 'attempts', lt: perAddressPerMinute },
                { attr: 'attempts', contains: shortHash(attempt) },
              ],
            },
          })
          .send();
      } catch (error) {
        if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
        const retryAfter = Math.ceil(((thisMinute + 1) * minute - now()) / 1000);
        throw new Problem('too_many_requests', {
          detail: `Too many attempts from one address; try again in ${retryAfter} seconds.`,
          retryAfter,
        });
      }
    },
  };
};
export type FormGuard = ReturnType<typeof createFormGuard>;
