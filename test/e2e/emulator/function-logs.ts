import * as z from 'zod';
import { type Emulator, region } from './ministack.ts';

const groups = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });
const events = z.object({ events: z.array(z.object({ message: z.string() })) });

const ask = async (endpoint: string, operation: string, body: object): Promise<unknown> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${operation}`,
      // MiniStack reads the service from here and does not verify signatures.
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/logs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  });
  return response.json();
};

/** What functions logged that looks like trouble. */
export const troubleInLogs = async ({ endpoint }: Emulator): Promise<string[]> => {
  const { logGroups } = groups.parse(await ask(endpoint, 'DescribeLogGroups', { limit: 50 }));
  const found = await Promise.all(
    logGroups.map(async ({ logGroupName }) => {
      const { events: lines } = events.parse(await ask(endpoint, 'FilterLogEvents', { logGroupName, limit: 1_000 }));
      return lines
        .filter(({ message }) => /"level":"(error|warn)"|Error|Task timed out/.test(message))
        .map(({ message }) => `${logGroupName}: ${message.trim().slice(0, 600)}`);
    }),
  );
  return found.flat();
};
