import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Functions } from '../runtime/functions.ts';
import { answerOf, type GatewayAnswer, gatewayMessage } from './answer.ts';
import { isPreflight, preflightAnswer, withCors } from './cors.ts';
import { gatewayEvent } from './event.ts';
import type { Claims, Identity } from './identity.ts';
import { readBody } from './read-body.ts';
import { createMatcher } from './routes.ts';

export interface Gateway {
  /** `http://127.0.0.1:port`. */
  url: string;
  close(): Promise<void>;
}

export interface GatewayOptions {
  functions: Functions;
  identity: Identity;
  /** The first port to try; 0 takes any. */
  port: number;
  /** Whether the next ports are tried when it is taken. */
  orNext?: boolean;
  /** Answers paths of its own before any route is looked for; false leaves the request alone. */
  beside?: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
  /** Called after each request that a function has answered. */
  onAnswered?: () => void;
}

const maxBytes = 10 * 1024 * 1024;

const send = (response: ServerResponse, { status, headers, body }: GatewayAnswer): void => {
  const empty = status === 204 || status === 304;
  const length = empty ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...headers, ...length });
  response.end(empty ? undefined : body);
};

const bearer = (request: IncomingMessage): string => (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '');

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Another program listens at the port. */
export class PortTaken extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is taken`);
    this.name = 'PortTaken';
    this.port = port;
  }
}

const listenFrom = async (server: ReturnType<typeof createServer>, port: number, orNext: boolean): Promise<number> => {
  for (let candidate = port; ; candidate += 1) {
    try {
      return await listen(server, candidate);
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken) throw error;
      if (!orNext) throw new PortTaken(candidate);
      if (candidate >= port + 20) throw new PortTaken(port);
    }
  }
};

/** API Gateway's HTTP API on this computer: the manifest's routes, payload format 2.0, the JWT authorizer, CORS. */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { functions, identity, port, orNext = false, beside, onAnswered } = options;
  const matchOf = createMatcher(functions);

  const answer = async (request: IncomingMessage, url: URL): Promise<GatewayAnswer> => {
    const body = await readBody(request, maxBytes);
    if (body === 'too large') return gatewayMessage(413, 'Request Entity Too Large');
    if (isPreflight(request)) return preflightAnswer;
    const match = matchOf(request.method ?? '', url.pathname);
    if (!match) return gatewayMessage(404, 'Not Found');
    let claims: Claims | undefined;
    if (Array.isArray(match.caller)) {
      claims = identity.verify(bearer(request));
      if (!claims) return { ...gatewayMessage(401, 'Unauthorized'), headers: { 'www-authenticate': 'Bearer' } };
    }
    try {
      const event = gatewayEvent({ request, url, body, match, claims });
      return withCors(request, answerOf(await functions.invoke(match.functionName, event)));
    } catch (error) {
      console.error(`${match.functionName} failed at ${match.routeKey}:`, error);
      return gatewayMessage(500, 'Internal Server Error');
    } finally {
      onAnswered?.();
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let url: URL;
    try {
      url = new URL(`http://127.0.0.1${request.url ?? '/'}`);
      decodeURIComponent(url.pathname);
    } catch {
      send(response, gatewayMessage(400, 'Bad Request'));
      return;
    }
    if (beside?.(request, response, url)) return;
    send(response, await answer(request, url));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.destroyed) console.error('The gateway failed:', error);
      response.destroy();
    });
  });
  // Longer than this process is ever busy: what a client sends over a connection must not meet its end.
  server.keepAliveTimeout = 60_000;
  const actual = await listenFrom(server, port, orNext);
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
