import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface Sent {
  method: string;
  /** As it goes over the wire, query and all; `fetch` would tidy it up. */
  target: string;
  headers: Record<string, string>;
  body?: string | Buffer | undefined;
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Decompressed. */
  text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

export const send = (origin: string, { method, target, headers, body }: Sent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(
      { agent, hostname, port, method, path: target, headers: { ...headers, ...length } },
      async (answer) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          const bytes = Buffer.concat(chunks);
          const plain = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: plain.toString('utf8') });
        } catch (error) {
          reject(error);
        }
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
