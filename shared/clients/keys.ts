import { createHash } from 'node:crypto';

/** Everything about one client lies in one partition, so that the journey is one query. */
export const clientPartition = (clientId: string): string => `CLIENT#${clientId}`;

/**
 * Countries where one phone has two spellings, and networks tell either: Mexico and Argentina with a digit for mobiles
 * that is no longer dialled, Brazil without the ninth digit that its mobiles were given. `key` is the spelling by which
 * a number is found. Brazil's is the long one: without its 9 a newer number may be somebody's landline.
 */
const twofold: readonly { spelling: RegExp; key: string; former: RegExp; formerKey: string }[] = [
  { spelling: /^\+521(\d{10})$/, key: '+52$1', former: /^\+52(\d{10})$/, formerKey: '+521$1' },
  { spelling: /^\+549(\d{10})$/, key: '+54$1', former: /^\+54(\d{10})$/, formerKey: '+549$1' },
  { spelling: /^\+55(\d\d)([6-9]\d{7})$/, key: '+55$19$2', former: /^\+55(\d\d)9([6-9]\d{7})$/, formerKey: '+55$1$2' },
];

/** The spelling of an address by which it is found; messages go to the address as it was given. */
export const addressKey = (address: string): string =>
  twofold.reduce((key, { spelling, key: by }) => key.replace(spelling, by), address);

/** The key, then the other spelling where there is one: rows from before there were keys lie under what was typed. */
export const addressSpellings = (address: string): string[] => {
  const key = addressKey(address);
  const former = twofold.find((country) => country.former.test(key));
  return former ? [key, key.replace(former.former, former.formerKey)] : [key];
};

const hashOf = (spelling: string): string => createHash('sha256').update(spelling).digest('hex').slice(0, 32);

/** Finds consent and suppression by address without the address standing in a key; they outlive erasure. */
export const addressHash = (address: string): string => hashOf(addressKey(address));

/** The hash of each spelling, the one that is written first. */
export const addressHashes = (address: string): string[] => addressSpellings(address).map(hashOf);

/** All that is known of an address, whoever's it is: what was stopped or refused there, and which clients have proved it. */
export const addressPartition = (hash: string): string => `SUPPRESSED#${hash}`;
