import { createHash } from 'node:crypto';

/** Everything about one client lies in one partition, so that the journey is one query. */
export const clientPartition = (clientId: string): string => `CLIENT#${clientId}`;

/** So that consent and suppression are found by address without the address standing in a key; they outlive erasure. */
export const addressHash = (address: string): string => createHash('sha256').update(address).digest('hex').slice(0, 32);
