import { Problem } from '../http/problems.ts';
import type { Binding } from '../http/server.ts';
import type { Telemetry } from '../telemetry.ts';

/** Answers of those who were too many, or are taken for bots. */
const refusals = ['too_many_requests', 'form_rejected'];

/** Forms that bots fill in, and what each that got through counts as. */
const counted: Readonly<Record<string, string>> = {
  createAppointment: 'OnlineBooking',
  joinWaitingList: 'WaitingListJoined',
};

/** Counts what soars when somebody misuses the forms: bookings, places on the waiting list, and refusals. */
export const watched = ({ contract, handle }: Binding, telemetry: Pick<Telemetry, 'count'>): Binding => ({
  contract,
  async handle(call: never) {
    try {
      const answer = await handle(call);
      const name = counted[contract.id];
      if (name) telemetry.count(name);
      return answer;
    } catch (error) {
      if (error instanceof Problem && refusals.includes(error.code)) telemetry.count('VisitorRefused');
      throw error;
    }
  },
});
