import { createParameterStore } from '../shared/platform/aws/parameters.ts';
import { once } from '../shared/platform/memo.ts';
import { createTelemetry } from '../shared/platform/telemetry.ts';
import { createKeyring } from '../shared/platform/tokens/keyring.ts';
import { linkKeysIn } from '../shared/platform/tokens/link-keys.ts';
import { createTokens } from '../shared/platform/tokens/tokens.ts';
import { endpointOf, variable } from './environment.ts';
import { foundation } from './foundation.ts';

const telemetry = createTelemetry('link-keys');

/** The foundation of functions that sign or verify links: those with the grants `link-keys:read` and `public-url`. */
export const foundationWithLinks = once(() => {
  const base = foundation();
  const store = createParameterStore(base.table.getDocumentClient().config, endpointOf('SSM'));
  const keyring = createKeyring(linkKeysIn(store, variable('LINK_KEYS_PARAMETER')), base.now, (error) =>
    telemetry.error('link keys not read anew, those in memory stay in use', error),
  );
  // Reads them beside the catalogue, for which a start waits anyway; whoever needs them meets the error, if there is one.
  void Promise.allSettled([keyring.load()]);
  return { ...base, tokens: createTokens(keyring, base.now), publicUrl: variable('PUBLIC_URL') };
});
