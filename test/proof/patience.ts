/** Milliseconds that one proof may take on a slow computer that has other things to do; more at full size. */
export const patience = Number(process.env['PROOF_PATIENCE'] ?? 30 * 60_000);
