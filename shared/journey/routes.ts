import { type Binding, bind } from '../platform/http/server.ts';
import { resendMessage } from './contract.ts';
import { resendFor } from './wiring.ts';

export const journeyBindings = (deps: Parameters<typeof resendFor>[0]): Binding[] => {
  const resend = resendFor(deps);
  return [
    bind(resendMessage, async ({ params: { clientId }, body, idempotencyKey, context }) => ({
      resend: await resend(context.staff ?? { id: 'staff', roles: [] }, { clientId, ...body }, idempotencyKey),
    })),
  ];
};
