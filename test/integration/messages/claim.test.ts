import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMessageStore } from '../../../shared/messages/send/store.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let started: TestTable;
beforeAll(async () => {
  started = await startTable();
});
afterAll(() => started.close());

test('a message is claimed once; whoever claims it again, since the answer was lost, still has it', async () => {
  const store = createMessageStore(started.table);
  const claimed = (claim: string) =>
    store.putNew({
      clientId: 'client0000000001',
      appointmentId: 'appt000000000001',
      touchpoint: 'reminder',
      occurrence: 0,
      template: 'reminder',
      status: 'sending',
      attempts: 1,
      since: 0,
      at: 0,
      claim,
    });
  expect(await claimed('mine')).toBe(true);
  expect(await claimed('mine')).toBe(true);
  expect(await claimed('another')).toBe(false);
});
