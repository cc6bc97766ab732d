const maxRounds = 6;

/**
 * Writes what a thing asks for, and reads it again until nobody has changed it meanwhile: of several who do so at once,
 * whoever writes last has seen the latest. What is gone asks for nothing. Throws when it changes faster than that.
 *
 * A record of the stream says by `isOvertaken` that a newer record, which the stream brings after it, settles what stands
 * now. It leaves that alone, and never throws: whoever changes one thing without a pause would hold up all that is behind.
 */
export const untilStable = async <T extends { version: number }>(
  read: () => Promise<T | undefined>,
  write: (current: T) => Promise<void>,
  isOvertaken?: (current: T) => boolean,
): Promise<void> => {
  let current = await read();
  for (let round = 0; current && round < maxRounds; round += 1) {
    if (isOvertaken?.(current)) return;
    await write(current);
    const again = await read();
    if (again?.version === current.version) return;
    current = again;
  }
  if (current && !isOvertaken) throw new Error('It changes faster than it can be planned');
};
