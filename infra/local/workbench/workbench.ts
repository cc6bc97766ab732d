import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { readBody } from '../gateway/read-body.ts';
import type { RunningSystem } from '../running-system.ts';
import { createWorkbenchApi, type WorkbenchAnswer } from './workbench-api.ts';

const pageDir = join(import.meta.dirname, 'page');
const prefix = '/_local';
const maxBytes = 10_000;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:";

const send = (response: ServerResponse, { status, headers, body }: WorkbenchAnswer): void => {
  response.writeHead(status, {
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(body);
};

const refusal = (status: number, message: string): WorkbenchAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** Other sites can point a name of theirs at 127.0.0.1, and can post here from their own pages; neither may get in. */
const intruder = (request: IncomingMessage): boolean => {
  const host = request.headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return true;
  const { origin } = request.headers;
  return request.method !== 'GET' && origin !== undefined && origin !== `http://${host}`;
};

const staticAnswer = (files: ReadonlyMap<string, string>, path: string): WorkbenchAnswer => {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = types[extname(name)];
  return files.has(name) && type
    ? { status: 200, headers: { 'content-type': type }, body: readFileSync(join(pageDir, name)) }
    : refusal(404, 'Not Found');
};

/** Serves `/_local/` from the gateway's process: the page, and behind it the clock, mailbox and queues. */
export const createWorkbench = () => {
  const files = new Map(readdirSync(pageDir).map((name) => [name, join(pageDir, name)]));
  const api = createWorkbenchApi();

  const answer = async (system: RunningSystem, request: IncomingMessage, url: URL): Promise<WorkbenchAnswer> => {
    if (intruder(request)) return refusal(403, 'Only from pages of this computer');
    const path = url.pathname.slice(prefix.length);
    if (path === '') return { status: 302, headers: { location: `${prefix}/` }, body: '' };
    const body = await readBody(request, maxBytes);
    if (body === 'too large') return refusal(413, 'Too large');
    const found = await api(system, `${request.method} ${path.replace(/^\/api/, '')}`, body.toString('utf8'));
    if (path.startsWith('/api/')) return found ?? refusal(404, 'Not Found');
    return request.method === 'GET' ? staticAnswer(files, path) : refusal(405, 'Method Not Allowed');
  };

  return (system: RunningSystem, request: IncomingMessage, response: ServerResponse, url: URL): boolean => {
    if (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`)) return false;
    answer(system, request, url).then(
      (found) => send(response, found),
      (error: unknown) => {
        console.error('The workbench failed:', error);
        send(response, refusal(500, String(error)));
      },
    );
    return true;
  };
};
