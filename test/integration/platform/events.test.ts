import type {
  APIGatewayProxyStructuredResultV2,
  DynamoDBStreamEvent,
  SNSEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functions } from '../../../infra/manifest.ts';
import type { Placeholders } from '../../../infra/samples/placeholder-types.ts';
import { createPlaceholders, plainPlaceholders } from '../../../infra/samples/placeholders.ts';
import { allSamples, eventOf, type Sample } from '../../../infra/samples/samples.ts';
import { outboxMessage } from '../../../shared/background/kinds.ts';
import { contracts } from '../../../shared/contracts.ts';
import { sesEvent } from '../../../shared/messages/receive/feedback.ts';
import { problemSchema } from '../../../shared/platform/http/contract.ts';
import { httpEvent } from '../../../shared/platform/http/lambda.ts';
import { createRouter } from '../../../shared/platform/http/router.ts';
import { codeRefused, signedOut, signInFailed } from '../../../shared/session/problems.ts';
import { documentPageRoute, pageRoutes } from '../../../web/routes.ts';
import { startWorld, type World } from '../../support/world/world.ts';

const samples = allSamples();
const kindOf = ({ functionName }: Sample) => functions[functionName]?.trigger.kind;
/** As both gateways choose. */
const gateway = createRouter(
  Object.entries(functions).flatMap(([functionName, { trigger }]) =>
    trigger.kind === 'http' ? trigger.routes.map((route) => ({ ...route, functionName })) : [],
  ),
);
const served = createRouter<{ method: string; path: string; id: string }>([
  ...contracts,
  ...pageRoutes,
  documentPageRoute,
]);
const cases = samples.map((sample) => [`${sample.functionName}/${sample.name}`, sample] as const);
const ofKind = (kind: string) => cases.filter(([, sample]) => kindOf(sample) === kind);
const good = ({ refusal }: Sample): boolean => refusal === undefined;

let world: World;
let placeholders: ReturnType<typeof createPlaceholders>;
beforeAll(async () => {
  world = await startWorld();
  placeholders = createPlaceholders(world.system);
});
afterAll(() => world.system.close());

/** For looking at a sample without running it. */
const anything: Placeholders = Object.fromEntries(
  samples.flatMap(({ text }) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => [name, () => name])),
);

/** The event, with everything done that its placeholders brought about. */
const ready = async (sample: Sample) => {
  const event = await eventOf(sample, placeholders());
  await world.system.settle();
  return event;
};

/** Answers to samples of signing in: their person, code and cookie are nobody’s. */
const notLetIn: readonly string[] = [signInFailed.code, codeRefused.code, signedOut.code];

describe('samples', () => {
  test('belong to functions of the manifest', () => {
    expect([...new Set(samples.map(({ functionName }) => functionName))].sort()).toEqual(Object.keys(functions).sort());
  });

  test.each(Object.keys(functions))('of %s are at least one good and one bad', (name) => {
    const own = samples.filter(({ functionName }) => functionName === name);
    expect([own.some(good), own.some((sample) => !good(sample))]).toEqual([true, true]);
  });

  test('are good for every route of the API and every page', () => {
    const covered = new Set(
      samples
        .filter((sample) => good(sample) && kindOf(sample) === 'http')
        .map(({ text }) => {
          const { requestContext, rawPath } = JSON.parse(text);
          return served.find(requestContext.http.method, rawPath)?.route.id;
        }),
    );
    const all = [...contracts, ...pageRoutes, documentPageRoute].map(({ id }) => id);
    // What leads nowhere has no good answer.
    expect(all.filter((id) => !covered.has(id))).toEqual(['notFound']);
  });

  test('that ask for what nobody knows are refused by name', async () => {
    const sample = { ...samples[0], file: 'x.json', text: '{"a": "{{unheardOf}}"}' } as Sample;
    await expect(eventOf(sample, plainPlaceholders())).rejects.toThrow(
      'x.json asks for {{unheardOf}}; known here: uuid',
    );
  });

  test('with an encoded body are encoded when they are loaded', async () => {
    const sample = { ...samples[0], text: '{"body": "a={{today}}", "isBase64Encoded": true}' } as Sample;
    const { body } = await eventOf(sample, { today: () => '2026' });
    expect(body).toBe(Buffer.from('a=2026').toString('base64'));
  });
});

describe('over HTTP', () => {
  test.each(ofKind('http'))('%s has the shape of API Gateway and of its route', async (_, sample) => {
    const event = await eventOf(sample, anything);
    const {
      routeKey: route,
      rawPath,
      rawQueryString,
      pathParameters = {},
      queryStringParameters,
      requestContext,
    } = httpEvent.parse(event);
    const found = gateway.find(requestContext.http.method, rawPath);
    expect(found?.route.functionName).toBe(sample.functionName);
    expect(route).toBe(`${found?.route.method} ${found?.route.path}`);
    expect(pathParameters).toEqual(found?.params);
    expect(Object.fromEntries(new URLSearchParams(rawQueryString))).toEqual(queryStringParameters ?? {});
    expect(event).toMatchObject({ version: '2.0', requestContext: { stage: '$default', routeKey: route } });
  });

  test.each(ofKind('http'))('%s is answered as it says', async (_, sample) => {
    const answer = (await world.system.invoke(
      sample.functionName,
      await ready(sample),
    )) as APIGatewayProxyStructuredResultV2;
    const { statusCode = 0, body = '', headers = {} } = answer;
    if (sample.refusal !== undefined) {
      expect([statusCode, body.slice(0, 300)]).toEqual([sample.refusal, expect.anything()]);
      if (String(headers['content-type']).includes('json')) problemSchema.parse(JSON.parse(body));
    } else if (sample.functionName === 'session' && statusCode >= 400) {
      expect(notLetIn).toContain(JSON.parse(body).code);
    } else {
      expect([statusCode < 400 && statusCode >= 200, body.slice(0, 300)]).toEqual([true, expect.anything()]);
    }
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });

  test('what a person presses on a page leads on, and says what happened', async () => {
    const leadsTo = async (name: string) => {
      const sample = samples.find((each) => each.functionName === 'site' && each.name === name);
      if (!sample) throw new Error(name);
      const answer = (await world.system.invoke('site', await ready(sample))) as APIGatewayProxyStructuredResultV2;
      return `${answer.statusCode} ${String(answer.headers?.['location'])}`;
    };
    expect(await leadsTo('sendBooking')).toMatch(/^303 \/a\/[\w-]{44}\?done=booked$/);
    expect(await leadsTo('confirm')).toMatch(/^303 \/a\/[\w-]{44}\?done=confirmed/);
    expect(await leadsTo('move')).toMatch(/^303 \/a\/[\w-]{44}\?done=moved/);
    expect(await leadsTo('cancel')).toMatch(/^303 \/a\/[\w-]{44}\?done=cancelled/);
    expect(await leadsTo('sendReview')).toMatch(/^303 \/r\/[\w-]{44}\?done=sent/);
  });
});

describe('from the stream', () => {
  const failures = async (sample: Sample) => {
    const event = (await ready(sample)) as unknown as DynamoDBStreamEvent;
    const { batchItemFailures } = (await world.system.invoke(sample.functionName, event)) as SQSBatchResponse;
    return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), event };
  };

  test.each(ofKind('stream'))('%s is taken or handed back, as it says', async (_, sample) => {
    const { failed, event } = await failures(sample);
    expect(
      event.Records.every(({ eventSource, dynamodb }) => eventSource === 'aws:dynamodb' && dynamodb?.SequenceNumber),
    ).toBe(true);
    expect(failed).toEqual(good(sample) ? [] : event.Records.map(({ dynamodb }) => dynamodb?.SequenceNumber));
  });

  test('a booking is planned: its reminder has a schedule', async () => {
    const sample = samples.find(({ name }) => name === 'appointment-booked') as Sample;
    const { event } = await failures(sample);
    const id = event.Records[0]?.dynamodb?.NewImage?.['id']?.S;
    expect(world.system.schedules().map(({ name }) => name)).toContain(`${id}.reminder`);
  });
});

describe('from the user pool', () => {
  test.each(ofKind('tokens'))('%s is answered or thrown back, as it says', async (_, sample) => {
    const event = await ready(sample);
    const invoked = world.system.invoke(sample.functionName, event);
    if (good(sample)) expect(await invoked).toEqual(event);
    else await expect(invoked).rejects.toThrow('User does not exist');
  });
});

describe('from the queues', () => {
  test.each(ofKind('queue'))('%s is delivered or handed back, as it says', async (_, sample) => {
    const event = (await ready(sample)) as unknown as SQSEvent;
    const parsed = event.Records.map(({ body }) => {
      try {
        return outboxMessage.safeParse(JSON.parse(body)).success;
      } catch {
        return false;
      }
    });
    expect(new Set(parsed)).toEqual(new Set([good(sample)]));
    const answer = (await world.system.invoke(sample.functionName, event)) as SQSBatchResponse;
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(
      good(sample) ? [] : event.Records.map(({ messageId }) => messageId),
    );
  });

  test('a reminder that the function has taken is in the mailbox', async () => {
    const sample = samples.find(({ name }) => name === 'reminder') as Sample;
    const event = (await ready(sample)) as unknown as SQSEvent;
    const before = world.mails().length;
    await world.system.invoke('messages', event);
    expect(world.mails().length).toBe(before + 1);
  });
});

describe('from phones', () => {
  test.each(ofKind('incoming-texts'))('%s is taken or thrown back, as it says', async (_, sample) => {
    const invoked = world.system.invoke(sample.functionName, await ready(sample));
    if (good(sample)) await invoked;
    else await expect(invoked).rejects.toThrow('The notice is not of an incoming text');
  });

  test('a stop is answered', async () => {
    const sample = samples.find(({ name }) => name === 'stop') as Sample;
    const before = world.texts().length;
    await world.system.invoke(sample.functionName, await ready(sample));
    await world.system.settle();
    expect(world.texts().slice(before)).toEqual([
      expect.objectContaining({ text: expect.stringContaining('you are unsubscribed') }),
    ]);
  });
});

describe('from SES', () => {
  test.each(ofKind('feedback'))('%s is recorded or thrown back, as it says', async (_, sample) => {
    const event = (await ready(sample)) as unknown as SNSEvent;
    const invoked = world.system.invoke(sample.functionName, event);
    if (!good(sample)) return expect(invoked).rejects.toThrow();
    await invoked;
    for (const { Sns } of event.Records) {
      // SES greets the topic once, in words.
      if (sample.name === 'greeting') continue;
      const { mail, eventType } = sesEvent.parse(JSON.parse(Sns.Message));
      const outcome = await world
        .as('reception')
        .listMessages({ params: { clientId: mail.tags.client?.[0] ?? '' }, query: {} });
      const expected = { Delivery: 'delivered', Bounce: 'bounced', Complaint: 'complained' }[eventType] ?? 'delivered';
      expect(outcome.ok && outcome.data.messages.map(({ status }) => status)).toEqual([expected]);
    }
  });
});
