import { gunzipSync } from 'node:zlib';

interface HttpAnswer {
  headers?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
}

const isHttpAnswer = (answer: unknown): answer is HttpAnswer & { statusCode: number } =>
  typeof answer === 'object' && answer !== null && 'statusCode' in answer;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A function's answer as a person reads it: unpacked where it is compressed, JSON where it is that. */
export const readable = (answer: unknown): unknown => {
  if (!isHttpAnswer(answer) || answer.body === undefined) return answer;
  const { body, isBase64Encoded, ...rest } = answer;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return { ...rest, body: parsed((isPacked ? gunzipSync(bytes) : bytes).toString('utf8')) };
};
