import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { deleteRegularsTable } from '../../../infra/local/engine/regulars-table.ts';
import { region } from '../../../infra/local/services/names.ts';
import { type System, type SystemOptions, startSystem } from '../../../infra/local/system.ts';
import { functions } from '../../integration/local/fixtures/manifest.ts';

/** When the tests' systems start. */
export const startAt = Date.parse('2026-11-24T09:00:00Z');

/** A system with the fixtures' functions that ends with the test. */
export const start = async (options: SystemOptions = {}): Promise<System> => {
  const system = await startSystem({ functions, startAt, ...options });
  onTestFinished(() => system.close());
  return system;
};

/** A name for the table of systems on disk. An engine that `DYNAMODB_ENDPOINT` names loses the table after the test. */
export const ownTable = (): string => {
  const tableName = `disk-${randomUUID().slice(0, 8)}`;
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint) {
    onTestFinished(async () => {
      const client = new DynamoDBClient({
        endpoint,
        region,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      await deleteRegularsTable(client, tableName);
      client.destroy();
    });
  }
  return tableName;
};

/** Stores an item of an entity with a text, through the gateway. */
export const put = async ({ url }: System, entity: string, text: string): Promise<void> => {
  const headers = { 'content-type': 'text/plain' };
  const answer = await fetch(`${url}/put/${entity}`, { method: 'POST', body: text, headers });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
};

export const textsIn = ({ mailbox }: System): string[] =>
  mailbox.list({ channel: 'text' }).map((message) => message.text);
