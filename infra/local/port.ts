import { CommandFault } from '../command-line.ts';

export const defaultPort = 3000;

/** The port that somebody has named; undefined where nobody has. Throws CommandFault. */
export const portIn = (named: string | undefined): number | undefined => {
  if (!named?.trim()) return undefined;
  const port = Number(named);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandFault(`PORT must be a number from 1 to 65535, or 0 for any that is free, and is ${named}.`);
};
