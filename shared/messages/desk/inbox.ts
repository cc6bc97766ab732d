import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { isoUtc } from '../../platform/time/time.ts';
import type { Inbox, ReceivedText } from '../receive/inbox-store.ts';

const isPlace = (place: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9a-z]+$/.test(place);

const toAnswer = ({ id, at, from, words, act, clientId }: ReceivedText) => ({
  ...{ id, at: isoUtc(at), from, words },
  ...(act ? { understoodAs: act } : {}),
  ...(clientId ? { clientId } : {}),
});

/** A page of the texts to the business, or of one client. Throws invalid_request for a foreign cursor. */
export const createInboxList =
  ({ inbox, now }: { inbox: Pick<Inbox, 'ofBusiness' | 'ofClient' | 'placeOf'>; now: Clock }) =>
  async ({
    clientId,
    limit,
    cursor,
  }: {
    clientId?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }) => {
    const page = { limit: limit + 1, after: cursor && decodeCursor(cursor, isPlace) };
    const found = await (clientId ? inbox.ofClient(clientId, page) : inbox.ofBusiness(now(), page));
    const texts = found.slice(0, limit);
    const last = texts.at(-1);
    return {
      texts: texts.map(toAnswer),
      ...(last && found.length > limit ? { cursor: encodeCursor(inbox.placeOf(last)) } : {}),
    };
  };
