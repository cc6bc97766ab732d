import type { Settings } from '../business/catalogue.ts';
import { addressesOf, type Clients, type Contact } from '../clients/clients.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Appointments, open } from './appointments/appointments.ts';
import { isUnproven } from './appointments/entity.ts';

/** Says nothing of whose the address is, or how many there are. */
export const tooManyOpen = (): Problem =>
  new Problem('too_many_requests', {
    detail: 'Please confirm what you have booked by the links that we sent, or call us to book more.',
  });

/** Standing of a client who was found by an address that anybody may have entered: what one more booking meets. */
export interface Standing {
  noShows: number;
  /** No more before a link in a message is pressed. */
  isFull: boolean;
  /** The client holds so many that the next one is asked to be confirmed by the link. */
  isMany: boolean;
}

/**
 * A new client holds few appointments until an address is proven, and so does each household for one client: nobody fills
 * the diary with invented phones, nor keeps a client whose phone they know from booking.
 */
export const createStanding =
  (deps: { clients: Pick<Clients, 'get' | 'isProven'>; appointments: Pick<Appointments, 'ofClient'>; now: Clock }) =>
  async (
    clientId: string,
    contact: Contact,
    household: string,
    { publicForms, publicLimits }: Pick<Settings, 'publicForms' | 'publicLimits'>,
  ): Promise<Standing> => {
    const { clients, appointments, now } = deps;
    const [card, all] = await Promise.all([clients.get(clientId), appointments.ofClient(clientId, now())]);
    const ahead = all.filter(({ status }) => open.includes(status));
    const unproven = ahead.filter(isUnproven);
    const most = publicLimits.openUnproven;
    const isKnown = async (): Promise<boolean> => {
      const proven = await Promise.all(addressesOf(contact).map((address) => clients.isProven(clientId, address)));
      return proven.includes(true);
    };
    const fromHere = unproven.filter((each) => each.household === household).length;
    const isFull = fromHere >= most || (unproven.length >= most && !(await isKnown()));
    const isMany = ahead.length - unproven.length >= publicForms.openPerClient;
    return { noShows: card?.noShows ?? 0, isFull, isMany };
  };
