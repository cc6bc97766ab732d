import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createSignedCall } from './signed-call.ts';

/** SES's own list of addresses that bounced or complained, one for the whole account: it drops what is sent to them. */
export interface SuppressionList {
  /** Does nothing for an address that is not on it. */
  remove(address: string): Promise<void>;
}

/** `encodeURIComponent` leaves alone what signatures encode. */
const pathSegment = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The list as the second API of SES has it. `endpoint`: as `AWS_ENDPOINT_URL_SESV2` would name it. */
export const createSuppressionList = (config: DynamoDBClient['config'], endpoint?: string): SuppressionList => {
  const call = createSignedCall(config, { name: 'ses', host: 'email', endpoint });
  return {
    async remove(address) {
      const path = `/v2/email/suppression/addresses/${pathSegment(address)}`;
      try {
        await call({ method: 'DELETE', path });
      } catch (error) {
        if ((error as Error).name !== 'NotFoundException') throw error;
      }
    },
  };
};
