import type { IncomingMessage } from 'node:http';

/** The whole body, unless it has more than `maxBytes`; the rest is then read and dropped, so that an answer can be given. */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too large'> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes > maxBytes ? 'too large' : Buffer.concat(chunks);
};
