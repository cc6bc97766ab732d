import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readable } from '../../../infra/samples/readable.ts';

const packed = (text: string): string => gzipSync(text).toString('base64');

test.each([
  ['JSON that is packed', { body: packed('{"a":[1]}'), isBase64Encoded: true }, { a: [1] }],
  ['JSON', { body: '{"a":1}' }, { a: 1 }],
  ['a page that is packed', { body: packed('<p>नमस्ते</p>'), isBase64Encoded: true }, '<p>नमस्ते</p>'],
  ['text in base64', { body: Buffer.from('hi').toString('base64'), isBase64Encoded: true }, 'hi'],
])('shows %s as it is', (_, answer, body) => {
  expect(readable({ statusCode: 200, headers: { a: 'b' }, ...answer })).toEqual({
    statusCode: 200,
    headers: { a: 'b' },
    body,
  });
});

test.each([null, undefined, { batchItemFailures: [] }, { statusCode: 204 }])('leaves %j alone', (answer) => {
  expect(readable(answer)).toEqual(answer);
});
