import { createSuppressionList, type SuppressionList } from '../shared/platform/aws/suppression-list.ts';
import { endpointOf } from './environment.ts';
import { foundation } from './foundation.ts';

/** SES's own list, for functions with the grant `suppressions:lift`. */
export const suppressions = (): SuppressionList =>
  createSuppressionList(foundation().table.getDocumentClient().config, endpointOf('SESV2'));
