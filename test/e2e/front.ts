import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * The API under one loopback origin. MiniStack tells APIs apart by their host name, `<id>.execute-api.localhost`,
 * which is not resolved everywhere. Answers the origin.
 */
export const startFront = async (apiUrl: string): Promise<string> => {
  const { host, port } = new URL(apiUrl);
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request(
      { host: '127.0.0.1', port, servername: 'localhost', method, path: url, headers: { ...headers, host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
