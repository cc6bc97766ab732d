import type { IncomingMessage } from 'node:http';
import { cors } from '../../routes.ts';
import type { GatewayAnswer } from './answer.ts';

/** Tells the question of a browser whether it may send another site's request. */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

const allowOrigin = { 'access-control-allow-origin': cors.origins.join(',') };

/** The gateway's own answer to it, whatever routes there are. */
export const preflightAnswer: GatewayAnswer = {
  status: 204,
  headers: {
    ...allowOrigin,
    'access-control-allow-methods': cors.methods.join(','),
    'access-control-allow-headers': cors.headers.join(','),
    'access-control-max-age': String(cors.maxAgeSeconds),
  },
  body: Buffer.alloc(0),
};

/** As API Gateway where CORS is configured: in place of the function's headers its own, for whoever names an origin. */
export const withCors = ({ headers: asked }: IncomingMessage, answer: GatewayAnswer): GatewayAnswer => {
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...answer, headers: { ...Object.fromEntries(own), ...(asked.origin === undefined ? {} : allowOrigin) } };
};
