import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of another origin that shows these addresses in frames. */
export const serveFrames = async (addresses: readonly string[]) => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(addresses.map((address) => `<iframe src="${address}"></iframe>`).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
