import type { Reach, ReachOf } from '../clients/addresses/reach.ts';
import { addressOf } from '../clients/clients.ts';
import type { MessageStore } from '../messages/message.ts';
import { channels } from '../platform/fields.ts';
import { once } from '../platform/memo.ts';
import type { Appointments } from './appointments/appointments.ts';
import { provedByVisit } from './appointments/missed.ts';
import type { Status } from './contract.ts';

const came: readonly Status[] = ['arrived', 'completed'];

/** Before proofs were kept, visits were marked without one: they prove the address with which they were booked all the same. */
export const createReach =
  (deps: { appointments: Pick<Appointments, 'ofClient'>; messages: Pick<MessageStore, 'statusOf'> }): ReachOf =>
  async (card) => {
    const visits = once(async () =>
      (await deps.appointments.ofClient(card.id, 0)).filter(({ status }) => came.includes(status)),
    );
    const stateOf = async (address: string): Promise<Reach['state']> => {
      const { provenFor, suppression } = await deps.messages.statusOf(address);
      if (provenFor.includes(card.id)) return 'proven';
      if (suppression?.reason === 'bounced') return 'given';
      return (await visits()).some((visit) => provedByVisit(visit) === address) ? 'proven' : 'given';
    };
    const all = channels.flatMap((channel) => {
      const address = addressOf(card, channel);
      return address ? [{ channel, address }] : [];
    });
    return Promise.all(all.map(async (each) => ({ ...each, state: await stateOf(each.address) })));
  };
