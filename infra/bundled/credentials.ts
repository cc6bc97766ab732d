/**
 * Stands in bundles for the SDK's chain of credential providers: 137 kB of profiles, single sign-on, processes, web
 * identities and metadata services. Lambda gives the credentials of a function's role by the environment, for as long
 * as the process lives; so does this computer.
 */
export const defaultProvider = () => async () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error(
      'Bundles take credentials from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only, which are not set',
    );
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
};
