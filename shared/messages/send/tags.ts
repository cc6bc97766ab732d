import type { MessageKey } from './store.ts';

/** Values of SES tags may hold letters, digits, `_` and `-` only. */
export const messageTag = ({ appointmentId, touchpoint, occurrence, resend }: MessageKey): string =>
  [appointmentId, touchpoint, occurrence, resend].filter((part) => part !== undefined).join('_');

export const keyOfTags = (clientId: string, tag: string): MessageKey | undefined => {
  const [, appointmentId, touchpoint, occurrence, resend] =
    /^([0-9a-z]{16})_([a-z0-9-]+)_(\d+)(?:_(\d+))?$/.exec(tag) ?? [];
  if (!appointmentId || !touchpoint) return undefined;
  const key = { clientId, appointmentId, touchpoint, occurrence: Number(occurrence) };
  return resend === undefined ? key : { ...key, resend: Number(resend) };
};
