/** A variable that may be set; empty is the same as absent. */
const optionalVariable = (name: string): string | undefined => {
  const value = process.env[name];
  return value || undefined;
};

/** Endpoint of a service of AWS, where it isn't AWS itself: as the SDK's own clients find it. */
export const endpointOf = (service: string): string | undefined =>
  optionalVariable(`AWS_ENDPOINT_URL_${service}`) ?? optionalVariable('AWS_ENDPOINT_URL');

/** Set where the stack has a domain of its own: the proof that a request came through CloudFront. */
export const edgeSecret = optionalVariable('EDGE_SECRET');

/** A variable that the stack must have set. */
export const variable = (name: string): string => {
  const value = optionalVariable(name);
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
};
