import { Problem } from '../platform/http/problems.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Message, MessageStore } from './message.ts';
import { messageTag } from './send/tags.ts';

/** The newest first; what fell into one millisecond by name. */
const placeOf = (message: Message): string =>
  `${new Date(message.since ?? message.at).toISOString()} ${messageTag(message)}`;

const encodeCursor = (place: string): string => Buffer.from(place).toString('base64url');

/** Throws invalid_request for what is not a place in this list. */
const decodeCursor = (cursor: string, messages: readonly Message[]): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (messages.some((message) => placeOf(message) === place)) return place;
  throw new Problem('invalid_request', { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] });
};

/** A page of a client's messages, or of those about one appointment. Throws invalid_request for a foreign cursor. */
export const createMessageList =
  ({ store }: { store: Pick<MessageStore, 'ofClient'> }) =>
  async (
    clientId: string,
    {
      appointmentId,
      limit,
      cursor,
    }: { appointmentId?: string | undefined; limit: number; cursor?: string | undefined },
  ) => {
    const all = await store.ofClient(clientId, appointmentId);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, all);
    const newestFirst = all.toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    const rest = after === undefined ? newestFirst : newestFirst.filter((message) => placeOf(message) < after);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page.map(({ at, ...message }) => ({ ...message, at: isoUtc(at) })),
      ...(last && rest.length > limit ? { cursor: encodeCursor(placeOf(last)) } : {}),
    };
  };
