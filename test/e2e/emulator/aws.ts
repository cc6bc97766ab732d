import { type Emulator, region } from './ministack.ts';

/** For SDK clients of the test itself; what the developer's environment says about AWS is not looked at. */
export const clientConfig = ({ endpoint }: Emulator) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
