import type { OutboxMessage } from './kinds.ts';

/** Due work that comes every few hours, for the queue of its kind, whatever else happens. */
export const recurring: readonly { name: string; everyHours: number; message: OutboxMessage }[] = [
  { name: 'zone-rules', everyHours: 1, message: { kind: 'zone-rules' } },
];
