/** Why staff stop an address. */
export const stopReasons = ['client_asked', 'not_theirs', 'other'] as const;

/** Why staff let messages through again. */
export const resumeReasons = ['client_asked', 'mistake', 'mended'] as const;
export type ResumeReason = (typeof resumeReasons)[number];

/**
 * Grounds that may lift a stop, by what brought it about. A bounce is a matter of fact and can be mended; who stopped messages,
 * or complained of them, must want them again, unless staff had mistaken the address.
 */
export const resumeReasonsFor = (stoppedFor: string): readonly ResumeReason[] => {
  if (stoppedFor === 'bounced') return resumeReasons;
  return stoppedFor === 'staff' ? ['client_asked', 'mistake'] : ['client_asked'];
};
