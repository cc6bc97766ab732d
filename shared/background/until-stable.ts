const maxRounds = 6;

/**
 * Writes what a thing asks for, and reads it again until nobody has changed it meanwhile: of several who do so at once,
 * whoever writes last has seen the latest. What is gone asks for nothing. Throws when it changes faster than that.
 */
export const untilStable = async <T extends { version: number }>(
  read: () => Promise<T | undefined>,
  write: (current: T) => Promise<void>,
): Promise<void> => {
  let current = await read();
  for (let round = 0; current && round < maxRounds; round += 1) {
    await write(current);
    const again = await read();
    if (again?.version === current.version) return;
    current = again;
  }
  if (current) throw new Error('It changes faster than it can be planned');
};
