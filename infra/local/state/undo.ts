type Step = () => Promise<void> | void;

/** Registers how to undo what has just been done. */
export type Undo = (step: Step) => void;

/**
 * Runs something that registers how to undo its parts. The answer's `undoAll` undoes them in reverse, all of them even
 * if one fails; when `run` itself fails, that has already happened.
 */
export const undoable = async <T>(
  run: (undo: Undo) => Promise<T>,
): Promise<{ value: T; undoAll: () => Promise<void> }> => {
  const steps: Step[] = [];
  const undoAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { value: await run((step) => steps.push(step)), undoAll };
  } catch (error) {
    await undoAll().catch((other: unknown) => console.error(other));
    throw error;
  }
};
