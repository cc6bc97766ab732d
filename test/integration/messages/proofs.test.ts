import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClients } from '../../../shared/clients/clients.ts';
import { createMessageStore } from '../../../shared/messages/send/store.ts';
import { transact } from '../../../shared/platform/table/transact.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let place: TestTable;
beforeAll(async () => {
  place = await startTable();
});
afterAll(() => place.close());

const family = '+12025550111';
const proof = (clientId: string, at = 1) => ({ address: family, clientId, at, how: 'link' }) as const;

test('what is known of an address tells for whom it is proven, beside what was stopped and refused there', async () => {
  const clients = createClients(place.table);
  const store = createMessageStore(place.table);
  expect(await store.statusOf(family)).toEqual({ provenFor: [] });

  await clients.prove(proof('client0000000001'));
  await clients.prove(proof('client0000000001', 2));
  expect((await transact(place.table, [clients.proof(proof('client0000000001', 3))])).committed).toBe(false);
  expect((await transact(place.table, [clients.proof(proof('client0000000002'))])).committed).toBe(true);
  await store.refuse(family, 'one-click', 5);
  await store.suppress(family, { reason: 'bounce', at: 6 });

  expect(await store.statusOf(family)).toMatchObject({
    provenFor: ['client0000000001', 'client0000000002'],
    refusedAt: 5,
    suppression: { reason: 'bounce' },
  });
  expect((await store.statusOf('+12025550112')).provenFor).toEqual([]);
});
