/**
 * Stands in bundles for the endpoint discovery of the DynamoDB client and the cache that it keeps: 8 kB, which no
 * command of the client has used since DynamoDB has endpoints by account.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => false,
  configFileSelector: () => false,
  default: false,
};

export const resolveEndpointDiscoveryConfig = <T extends object>(config: T) =>
  Object.assign(config, { endpointDiscoveryEnabled: async () => false, isClientEndpointDiscoveryEnabled: false });
