import assert from 'node:assert/strict';
import { localDate } from '../../../shared/platform/time/time.ts';
import { createApi, must } from '../api.ts';
import { location } from '../emulator/catalogue.ts';
import type { Stage } from './stage.ts';

/** Turns one character of the signature. */
const tampered = (token: string): string => {
  const [header, payload, signature = ''] = token.split('.');
  const middle = Math.floor(signature.length / 2);
  const other = signature[middle] === 'A' ? 'B' : 'A';
  return [header, payload, signature.slice(0, middle) + other + signature.slice(middle + 1)].join('.');
};

/** Who may come in where. */
export const doors = async ({ steps, origin, tokens, api }: Stage): Promise<void> => {
  const diary = `/v1/diary?locationId=${location}&date=${localDate(Date.now(), 'Asia/Dhaka')}`;
  const knock = async (path: string, token?: string): Promise<number> =>
    (await fetch(`${origin}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} })).status;

  await steps.step('the diary is closed to who has no token, a tampered one, or no role', async () => {
    assert.equal(await knock(diary), 401);
    assert.equal(await knock(diary, tampered(tokens.reception)), 401);
    assert.equal(await knock(diary, 'not-a-token'), 401);
    assert.equal(await knock(diary, tokens.nobody), 403);
    assert.equal(await knock(diary, tokens.reception), 200);
  });

  await steps.step('reviews are for manager and owner, not for reception', async () => {
    const query = { locationId: location, month: localDate(Date.now(), 'Asia/Dhaka').slice(0, 7) };
    assert.equal((await createApi(origin, tokens.reception).listReviews({ query })).status, 403);
    for (const token of [tokens.manager, tokens.owner]) await must(createApi(origin, token).listReviews({ query }));
  });

  await steps.step(
    'links that nobody signed, forms that a bot sends and addresses that do not exist are refused',
    async () => {
      assert.equal((await api.getByLink({ params: { token: 'x'.repeat(60) }, query: {} })).status, 404);
      // Whoever has no token learns nothing, not even that it is unknown.
      assert.equal(await knock('/v1/nothing-here'), 401);
      assert.equal(await knock('/v1/nothing-here', tokens.reception), 404);
      const client = { firstName: 'Bot', phone: '+8801712000098' };
      const { formToken } = await must(api.getFormToken({}));
      const sent = await api.createAppointment({
        idempotencyKey: 'a-bot-that-sends-at-once',
        body: {
          locationId: location,
          startsAt: new Date(Date.now() + 86_400_000).toISOString().slice(0, 14).concat('00:00Z'),
          services: [{ serviceId: 'trim' }],
          client,
          formToken,
        },
      });
      assert.equal(sent.status, 403);
    },
  );

  await steps.step('another site may hold the booking form, but not act for staff', async () => {
    const asks = async (headers: string) => {
      const response = await fetch(`${origin}/v1/appointments`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://salon.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': headers,
        },
      });
      return response.headers.get('access-control-allow-headers')?.split(',') ?? [];
    };
    assert.ok((await asks('content-type,idempotency-key')).includes('idempotency-key'));
    assert.ok(!(await asks('authorization')).includes('authorization'));
  });
};
