import type { MessageKey } from './store.ts';

/** Values of SES tags may hold letters, digits, `_` and `-` only. */
export const messageTag = ({ appointmentId, touchpoint, occurrence }: MessageKey): string =>
  `${appointmentId}_${touchpoint}_${occurrence}`;

export const keyOfTags = (clientId: string, tag: string): MessageKey | undefined => {
  const [, appointmentId, touchpoint, occurrence] = /^([0-9a-z]{16})_([a-z0-9-]+)_(\d+)$/.exec(tag) ?? [];
  if (!appointmentId || !touchpoint) return undefined;
  return { clientId, appointmentId, touchpoint, occurrence: Number(occurrence) };
};
