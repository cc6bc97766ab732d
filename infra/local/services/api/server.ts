import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../../gateway/read-body.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsRequest, AwsService } from './service.ts';

export type ServiceName = 'sqs' | 'ses' | 'sesv2' | 'sns' | 'scheduler' | 'ssm' | 'cognito';

/** One call through an AWS client. */
export interface AwsCall {
  service: ServiceName;
  action: string;
  body: string;
}

/** An error that a test lets a call end in. */
export interface AwsFault {
  /** `ThrottlingException`, `Throttling`, … */
  code: string;
  status: number;
  /** `before` (the usual): nothing was done. `after`: it was done, and the answer got lost. */
  when?: 'before' | 'after';
}

export type Faults = (call: AwsCall) => AwsFault | undefined;

export interface Emulator {
  /** Endpoint of one service, for `AWS_ENDPOINT_URL_*`. */
  endpoint(service: ServiceName): string;
  close(): Promise<void>;
}

const maxBytes = 20 * 1024 * 1024;

const answerTo = async (
  name: ServiceName,
  service: AwsService,
  request: AwsRequest,
  faults: Faults | undefined,
): Promise<AwsAnswer> => {
  try {
    const action = service.action(request);
    const fault = faults?.({ service: name, action, body: request.body });
    if (fault && fault.when !== 'after') throw new AwsError(fault.code, 'As the test wants it', fault.status);
    const answer = await service.handle(action, request);
    if (fault) throw new AwsError(fault.code, 'As the test wants it', fault.status);
    return answer;
  } catch (error) {
    if (error instanceof AwsError) return service.fault(error, request);
    console.error(`${name} failed on this computer:`, error);
    return service.fault(new AwsError('InternalFailure', String(error), 500), request);
  }
};

/** The AWS services that functions call, on one port of the loopback, each under its own prefix. */
export const startEmulator = async (
  services: Partial<Record<ServiceName, AwsService>>,
  faults?: Faults,
): Promise<Emulator> => {
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const [, prefix = '', ...rest] = url.pathname.split('/');
    const service = services[prefix as ServiceName];
    const body = await readBody(incoming, maxBytes);
    if (!service || body === 'too large') {
      outgoing.writeHead(service ? 413 : 404).end();
      return;
    }
    const requestId = randomUUID();
    const request: AwsRequest = {
      method: incoming.method ?? '',
      path: `/${rest.join('/')}`,
      query: url.searchParams,
      headers: incoming.headers,
      body: body.toString('utf8'),
      requestId,
    };
    const answer = await answerTo(prefix as ServiceName, service, request, faults);
    outgoing.writeHead(answer.status, { ...answer.headers, 'x-amzn-requestid': requestId }).end(answer.body);
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      console.error('The emulator failed:', error);
      outgoing.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: (service) => `http://127.0.0.1:${port}/${service}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
