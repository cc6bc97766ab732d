import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDeadline } from '../../../shared/platform/deadline.ts';
import { createIdempotent } from '../../../shared/platform/idempotent.ts';
import { systemRandom } from '../../../shared/platform/ids.ts';
import { startTable, type TestTable } from '../../support/world/table.ts';

let started: TestTable;
beforeAll(async () => {
  started = await startTable();
});
afterAll(() => started.close());

const over = { getRemainingTimeInMillis: () => 0 };
const now = () => Date.now();

/** Lets the transaction through, and then says something else. */
const unheard = (name: string): (() => void) => {
  const client = started.table.getDocumentClient();
  const send = client.send.bind(client);
  client.send = (async (command: never) => {
    const result = await send(command);
    if ((command as object).constructor.name !== 'TransactWriteCommand') return result;
    throw Object.assign(new Error(name), { name });
  }) as typeof client.send;
  return () => {
    client.send = send;
  };
};

test.each(['TransactionInProgressException', 'TimeoutError'])(
  'what is committed is answered, also where the table told of %s and no time is left for another attempt',
  async (name) => {
    const once = createIdempotent({ table: started.table, now, random: systemRandom });
    const restore = unheard(name);
    try {
      const answer = withDeadline(over, () =>
        once(`key-of-${name}`, { a: 1 }, async () => ({ answer: { booked: name }, writes: [] })),
      );
      expect(await answer).toEqual({ booked: name });
    } finally {
      restore();
    }
  },
);

test('what is not committed when the time is over is busy', async () => {
  const once = createIdempotent({ table: started.table, now, random: systemRandom });
  const client = started.table.getDocumentClient();
  const send = client.send.bind(client);
  client.send = (async (command: never) => {
    if ((command as object).constructor.name !== 'TransactWriteCommand') return send(command);
    throw Object.assign(new Error('busy'), { name: 'ThrottlingException' });
  }) as typeof client.send;
  try {
    await expect(
      withDeadline(over, () => once('key-of-nobody', {}, async () => ({ answer: {}, writes: [] }))),
    ).rejects.toMatchObject({ kind: { code: 'busy' } });
  } finally {
    client.send = send;
  }
});
