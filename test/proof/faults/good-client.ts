import type { Dice } from '../dice.ts';

type Outcome = { ok: true; data: unknown } | { ok: false; status: number; problem: { code: string } };

/** What was not answered for good after many attempts. */
class GivenUp extends Error {
  constructor(last: string) {
    super(`The server did not answer, however often it was asked; at last ${last}`);
    this.name = 'GivenUp';
  }
}

const attempts = 25;

/**
 * Does what a good client does: when the server fails, is busy or doesn't answer, it sends the very same request again,
 * with the same Idempotency-Key. What it hears after that is final. Throws GivenUp.
 */
export const insist = async <T extends Outcome>(
  dice: Dice,
  onRetry: () => void,
  send: () => Promise<T>,
): Promise<T> => {
  let last = '';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const outcome = await send().catch((error: unknown) => {
      last = String(error);
    });
    if (outcome?.ok || (outcome && outcome.status < 500 && outcome.status !== 429)) return outcome;
    if (outcome) last = `${outcome.status} ${outcome.problem.code}`;
    onRetry();
    await new Promise((resolve) => setTimeout(resolve, dice() * 10 * attempt));
  }
  throw new GivenUp(last);
};
