import type { AwsError } from './aws-error.ts';

/** Values of a Query-protocol list: `Destinations.member.1`, `.2`, … */
export const members = (form: URLSearchParams, list: string): string[] => {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = form.get(`${list}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
};

/** Pairs of a Query-protocol list of structures: `Tags.member.1.Name` and `.Value`. */
export const pairs = (
  form: URLSearchParams,
  list: string,
  nameField: string,
  valueField: string,
): Record<string, string> => {
  const found: Record<string, string> = {};
  for (let index = 1; ; index += 1) {
    const name = form.get(`${list}.${index}.${nameField}`);
    if (name === null) return found;
    found[name] = form.get(`${list}.${index}.${valueField}`) ?? '';
  }
};

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A Query-protocol answer with flat fields. */
export const queryAnswer = (
  namespace: string,
  action: string,
  requestId: string,
  fields: Record<string, string>,
): string => {
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return (
    `<${action}Response xmlns="${namespace}"><${action}Result>${inner.join('')}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  );
};

export const queryFault = (namespace: string, requestId: string, { code, message, status }: AwsError): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
  `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
  `<RequestId>${requestId}</RequestId></ErrorResponse>`;
