/** The current instant, in milliseconds since 1970-01-01T00:00Z. An argument everywhere, so that tests can wind it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
