import { identifyFor } from '../../shared/people/wiring.ts';
import { whenCalled } from '../../shared/platform/memo.ts';
import { foundation } from '../foundation.ts';

/** Identifies who asks, for functions of staff. */
export const identify = whenCalled(async () => identifyFor(foundation()));
