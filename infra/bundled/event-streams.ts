/**
 * Stands in bundles for the SDK's event streams, 15 kB that every client carries and only services that stream need:
 * Transcribe, Kinesis and the like. The SDK loads them at the first such call, which would tell that this is gone.
 */
const missing = (): never => {
  throw new Error('Event streams are not in the bundle; infra/bundle.ts says why');
};

export class EventStreamSerde {
  constructor() {
    missing();
  }
}

export const eventStreamSerdeProvider = missing;
