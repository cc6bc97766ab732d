import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compressed } from '../../../../shared/platform/table/compress.ts';

const page = { statusCode: 200, headers: { 'content-type': 'text/html' }, body: 'আপনার অ্যাপয়েন্টমেন্ট '.repeat(200) };

it('a page travels compressed to whoever can read that, and comes out the same', () => {
  const result = compressed(page, 'br;q=1.0, gzip;q=0.8');
  expect(result.headers).toEqual({ 'content-type': 'text/html', vary: 'accept-encoding', 'content-encoding': 'gzip' });
  expect(result.isBase64Encoded).toBe(true);
  expect(gunzipSync(Buffer.from(result.body ?? '', 'base64')).toString()).toBe(page.body);
});

it.each(['', 'br', 'identity', 'gzip;q=0', 'gzip; q=0.0, br'])(
  'a visitor that accepts "%s" gets it as it is',
  (accepts) => {
    const result = compressed(page, accepts);
    expect([result.body, result.isBase64Encoded]).toEqual([page.body, undefined]);
    expect(result.headers).toMatchObject({ vary: 'accept-encoding' });
  },
);

it('what is small, or encoded already, is left alone', () => {
  const small = { statusCode: 200, body: '{}' };
  const encoded = { statusCode: 200, body: 'QUJD'.repeat(1000), isBase64Encoded: true };
  expect(compressed(small, 'gzip')).toBe(small);
  expect(compressed(encoded, 'gzip')).toBe(encoded);
});
