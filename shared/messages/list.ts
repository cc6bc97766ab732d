import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Message, MessageStore } from './message.ts';
import { messageTag } from './send/tags.ts';

/** The newest first; what fell into one millisecond by name. */
const placeOf = (message: Message): string =>
  `${new Date(message.since ?? message.at).toISOString()} ${messageTag(message)}`;

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
    const isInList = (place: string): boolean => all.some((message) => placeOf(message) === place);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, isInList);
    const newestFirst = all.toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    const rest = after === undefined ? newestFirst : newestFirst.filter((message) => placeOf(message) < after);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page.map(({ at, ...message }) => ({ ...message, at: isoUtc(at) })),
      ...(last && rest.length > limit ? { cursor: encodeCursor(placeOf(last)) } : {}),
    };
  };
