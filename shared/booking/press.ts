import { createPressed } from '../clients/addresses/pressed.ts';
import { addressOf, type Clients } from '../clients/clients.ts';
import type { Channel } from '../platform/fields.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Appointment } from './appointments/entity.ts';

/** Proof that a press has brought: of the booking. `noShows`: visits of the client that were booked from that address and missed. */
export interface Pressed {
  proven: Channel;
  noShows: number;
}

/** Refuses a link that an answer has handed out: whoever holds it need not read what is sent to the address. */
export const onlyBySentLink = (): Problem =>
  new Problem('status_conflict', { detail: 'Open the link in the message that we sent to the address.' });

type Given = Pick<Appointment, 'clientId' | 'contact'>;

/** Records that whoever reads what is sent to an address has pressed a link in it, and tells what that proves. */
export const createPress = (deps: {
  clients: Pick<Clients, 'get' | 'isProven' | 'missedAt' | 'prove'>;
  now: Clock;
}) => {
  const pressed = createPressed(deps);
  return async (given: Given, writtenTo: Channel | undefined): Promise<Pressed | undefined> => {
    const address = writtenTo && addressOf(given.contact, writtenTo);
    if (!writtenTo || !address) return undefined;
    const [noShows] = await Promise.all([deps.clients.missedAt(given.clientId, address), pressed(given, writtenTo)]);
    return { proven: writtenTo, noShows };
  };
};
export type Press = ReturnType<typeof createPress>;
