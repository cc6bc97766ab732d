/** The condition of a single write did not hold. */
export const isConditionFailed = (error: unknown): boolean =>
  (error as Error).name === 'ConditionalCheckFailedException';

/** False when the condition of the write didn't hold; whatever else it throws is thrown. */
export const isCommitted = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
};
