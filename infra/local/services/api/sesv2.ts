import { AwsError } from './aws-error.ts';
import type { AwsService } from './service.ts';

const json = { 'content-type': 'application/json' };
const addresses = '/v2/email/suppression/addresses/';

/** The second API of SES (REST JSON), as far as its list of suppressed addresses. */
export const sesv2Service = (suppressed: Set<string>): AwsService => ({
  action: ({ method, path }) =>
    method === 'DELETE' && path.startsWith(addresses) ? 'DeleteSuppressedDestination' : '',
  handle: (action, { path }) => {
    if (action !== 'DeleteSuppressedDestination')
      throw new AwsError('BadRequestException', 'This operation does not exist on this computer.');
    const address = decodeURIComponent(path.slice(addresses.length));
    if (!suppressed.delete(address))
      throw new AwsError('NotFoundException', 'Email address does not exist on your suppression list.', 404);
    return { status: 200, headers: json, body: '{}' };
  },
  fault: ({ code, message, status }) => ({
    status,
    headers: { ...json, 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  }),
});
