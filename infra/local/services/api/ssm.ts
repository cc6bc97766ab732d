import { accountId, region } from '../names.ts';
import type { ParameterBook } from '../parameters.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsService } from './service.ts';

interface Input {
  Name?: string;
  Value?: string;
  Type?: string;
  Overwrite?: boolean;
  WithDecryption?: boolean;
}

const json = { 'content-type': 'application/x-amz-json-1.1' };
const ok = (body: object): AwsAnswer => ({ status: 200, headers: json, body: JSON.stringify(body) });

/** Stands for what KMS would make of a SecureString. */
const sealed = (value: string): string => Buffer.from(value).toString('base64');

/** The Parameter Store of Systems Manager (AWS JSON 1.1). */
export const ssmService = (parameters: ParameterBook): AwsService => ({
  action: ({ headers }) => String(headers['x-amz-target'] ?? '').replace('AmazonSSM.', ''),
  handle: (action, { body }) => {
    const { Name = '', Value = '', Type, Overwrite = false, WithDecryption = false } = JSON.parse(body) as Input;
    if (action === 'GetParameter') {
      const { type, value, version, modifiedAt } = parameters.get(Name);
      const shown = type === 'SecureString' && !WithDecryption ? sealed(value) : value;
      const ARN = `arn:aws:ssm:${region}:${accountId}:parameter${Name}`;
      const LastModifiedDate = modifiedAt / 1000;
      return ok({
        Parameter: { Name, ARN, Type: type, Value: shown, Version: version, LastModifiedDate, DataType: 'text' },
      });
    }
    if (action === 'PutParameter') {
      const { version } = parameters.put(Name, Value, { type: Type, overwrite: Overwrite });
      return ok({ Version: version, Tier: 'Standard' });
    }
    throw new AwsError('UnknownOperationException', `${action} does not exist on this computer.`);
  },
  fault: ({ code, message, status }) => ({ status, headers: json, body: JSON.stringify({ __type: code, message }) }),
});
