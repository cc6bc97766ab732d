import { type Binding, bind } from '../platform/http/server.ts';
import { resendMessage } from './contract.ts';
import { resendFor } from './wiring.ts';

export const journeyBindings = (deps: Parameters<typeof resendFor>[0]): Binding[] => {
  const resend = resendFor(deps);
  return [
    bind(resendMessage, ({ params: { clientId }, body, idempotencyKey, context }) =>
      resend(context.staff ?? { id: 'staff', roles: [] }, { clientId, ...body }, idempotencyKey),
    ),
  ];
};
