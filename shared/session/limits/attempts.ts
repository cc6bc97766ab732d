import { newId, type Random } from '../../platform/ids.ts';
import type { Counters } from '../../platform/limits/counters.ts';
import { type HouseholdLimits, householdKey, ofHousehold } from '../../platform/limits/household.ts';
import type { Patience, Pauses } from '../../platform/limits/pauses.ts';
import { minute } from '../../platform/time/time.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import type { Browser } from '../cookie.ts';
import type { KnownDevice } from './known-device.ts';
import type { KnownStore } from './known-store.ts';

const attemptPurpose = 'sign-in-attempt';
const renewalPurpose = 'session-renewal';
const knownPurpose = 'known-sign-in';

/** Kinds of attempts; each has an allowance of its own. `mail` asks for the code of a forgotten password, `reset` tells it. */
export type Kind = 'sign-in' | 'mail' | 'reset';
/** From where: a browser or a household in which the person has signed in before, or anywhere else. */
type Way = 'device' | 'household' | 'strangers';

/** Attempts of one household on anybody, as far as it is a stranger's: a desk of ten mistypes less. */
const perHousehold: HouseholdLimits = { perAddressPerMinute: 10, perHour: 60, perDay: 200, ipv4Factor: 10 };
/** Mails of one household, with codes for anybody, as far as it is a stranger's. */
const mailsPerHousehold: HouseholdLimits = { perAddressPerMinute: 3, perHour: 6, perDay: 12, ipv4Factor: 5 };
/** Renewals and ends of sessions of one household; each browser needs five an hour. */
const renewals: HouseholdLimits = { perAddressPerMinute: 30, perHour: 300, perDay: 3_000, ipv4Factor: 10 };

const growing = { firstPause: minute, longestPause: 16 * minute, forgottenAfter: 120 * minute };
const mailing = { firstPause: 15 * minute, longestPause: 240 * minute, forgottenAfter: 1_440 * minute };
/**
 * Guesses at one person. All strangers together have one allowance: 11 within an hour, 98 within a day. From the sixth
 * failure on Cognito shuts a user out for 2, 4, 8 … seconds, wherever the next attempt comes from, and forgets after a
 * quarter of an hour without one; so a stranger's pause grows beyond that, and what they do shuts nobody out for long.
 */
const guesses: Record<Way, Patience> = {
  device: { free: 10, ...growing },
  household: { free: 10, ...growing },
  strangers: { free: 5, ...growing },
};
/** Mails to one person: four within an hour, eleven within a day, from each known place and from all others together. */
const mails: Record<Way, Patience> = {
  device: { free: 2, ...mailing },
  household: { free: 2, ...mailing },
  strangers: { free: 2, ...mailing },
};
const kinds: Record<Kind, { patience: Record<Way, Patience>; household: HouseholdLimits }> = {
  'sign-in': { patience: guesses, household: perHousehold },
  reset: { patience: guesses, household: perHousehold },
  mail: { patience: mails, household: mailsPerHousehold },
};

export interface AttemptsDeps {
  counters: Counters;
  pauses: Pauses;
  device: Pick<KnownDevice, 'idOf'>;
  known: KnownStore;
  tokens: Pick<Tokens, 'pseudonym'>;
  random: Random;
}

/** Browser, as far as limits look at it. */
type From = Pick<Browser, 'sourceIp' | 'cookies'>;

/** An attempt that was let through. */
export interface Attempt {
  /** Frees what was counted, since it was no guess. */
  succeeded: () => Promise<void>;
}

/**
 * Counts attempts by person and by where they come from, so that nobody guesses passwords or codes for long, and whoever
 * tries to makes other strangers wait, not the person.
 */
export const createAttempts = ({ counters, pauses, device, known, tokens, random }: AttemptsDeps) => {
  const countHousehold = async (purpose: string, sourceIp: string, limits: HouseholdLimits): Promise<void> => {
    const holder = await tokens.pseudonym(purpose, await householdKey(tokens, sourceIp));
    await counters.count(holder, newId(random), ofHousehold(sourceIp, limits));
  };

  /** Name of a household together with a person. */
  const homeOf = async (sourceIp: string, name: string): Promise<string> =>
    tokens.pseudonym(knownPurpose, `${await householdKey(tokens, sourceIp)} ${name}`);

  const nameOf = (name: string): Promise<string> => tokens.pseudonym(knownPurpose, `person ${name}`);

  const wayOf = async ({ sourceIp, cookies }: From, name: string): Promise<{ way: Way; of: string }> => {
    const id = await device.idOf(cookies, name);
    if (id !== undefined) return { way: 'device', of: id };
    const home = await homeOf(sourceIp, name);
    if ((await known.find(home)) !== undefined) return { way: 'household', of: home };
    return { way: 'strangers', of: '' };
  };

  return {
    /** `person`: the email address or the `sub`, whichever the attempt names. Throws too_many_requests, busy. */
    async admit(from: From, kind: Kind, person: string): Promise<Attempt> {
      const name = person.toLowerCase();
      const { way, of } = await wayOf(from, name);
      // The household first: whoever is over its limit must not use up what other strangers have.
      const { patience, household } = kinds[kind];
      if (way === 'strangers') await countHousehold(`${attemptPurpose} ${kind}`, from.sourceIp, household);
      const holder = await tokens.pseudonym(attemptPurpose, [kind, way, of, name].join(' '));
      await pauses.admit(holder, patience[way]);
      return { succeeded: () => pauses.forget(holder) };
    },

    /** Knows the household, and the email address, from now on: the person of these names has signed in there. */
    async remember({ sourceIp }: From, sub: string, email: string | undefined): Promise<void> {
      const homes = [sub, email].filter((name) => name !== undefined).map((name) => homeOf(sourceIp, name));
      const names = email === undefined ? [] : [nameOf(email)];
      await Promise.all([...homes, ...names].map(async (holder) => known.keep(await holder, sub)));
    },

    /** The `sub` of who has signed in under an email address within ninety days. */
    subOf: async (email: string): Promise<string | undefined> => known.find(await nameOf(email.toLowerCase())),

    /** Throws too_many_requests, busy. */
    admitRenewal: (sourceIp: string): Promise<void> => countHousehold(renewalPurpose, sourceIp, renewals),
  };
};
export type Attempts = ReturnType<typeof createAttempts>;
