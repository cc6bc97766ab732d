import { minute } from '../time/time.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Limits } from './counters.ts';

const householdPurpose = 'household';

const mappedIpv4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** One household: an IPv4 address, or the 56-bit prefix that providers hand out and within which a visitor may choose any. */
export const householdOf = (sourceIp: string): string => {
  const mapped = mappedIpv4.exec(sourceIp)?.[1];
  if (mapped) return mapped;
  if (!sourceIp.includes(':')) return sourceIp;
  const [head = '', tail] = sourceIp.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ? tail.split(':') : [])];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16) || 0);
  return network.map((group, index) => (index === 3 ? group & 0xff00 : group).toString(16)).join(':');
};

/** Whether many may stand behind the household: carriers put thousands of phones behind one IPv4 address. */
const isShared = (sourceIp: string): boolean => !householdOf(sourceIp).includes(':');

/**
 * Name of a household in the table. Without the key that signs links nobody can tell the address, though there are few
 * enough of IPv4 to try them all; another key gives every household another name.
 */
export const householdKey = (tokens: Pick<Tokens, 'pseudonym'>, sourceIp: string): Promise<string> =>
  tokens.pseudonym(householdPurpose, householdOf(sourceIp));

/** Settings by which the attempts of a household are limited. */
export interface HouseholdLimits {
  perAddressPerMinute: number;
  /** Units, as of the day: what an attempt takes, at least one. */
  perHour: number;
  perDay: number;
  /** Factor of these for an IPv4 address. */
  ipv4Factor: number;
}

/** Settings of the way over these limits. */
export interface SlowLimits {
  /** Units that are taken in an hour beyond the limits, one act after another. */
  slowPerHour: number;
  ipv4Factor: number;
}

/** Milliseconds for each unit that a household takes beyond its limits. */
export const spacingOf = (sourceIp: string, { slowPerHour, ipv4Factor }: SlowLimits): number =>
  Math.ceil((60 * minute) / (slowPerHour * (isShared(sourceIp) ? ipv4Factor : 1)));

export const ofHousehold = (
  sourceIp: string,
  { perAddressPerMinute, perHour, perDay, ipv4Factor }: HouseholdLimits,
): Limits => {
  const factor = isShared(sourceIp) ? ipv4Factor : 1;
  return { perMinute: perAddressPerMinute * factor, perHour: perHour * factor, perDay: perDay * factor };
};
