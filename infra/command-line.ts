import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** A fault that whoever typed the command can mend; its message is one sentence that says what, and what to do. */
export class CommandFault extends Error {}

const isCoded = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

/** The faults of files, by the code of Node's error. */
const fileFaults: Record<string, string> = {
  ENOENT: 'There is no file',
  EISDIR: 'This is a folder, not a file:',
  ENOTDIR: 'This is no folder:',
  EACCES: 'This user may not use the file',
  EPERM: 'This user may not change the file',
  EROFS: 'Nothing can be written here:',
};

const fileFault = (error: Error & { code: string; path?: string }): string | undefined => {
  if (error.code === 'ENOSPC') return 'The disk is full: make room, and start again; what was written before is whole.';
  const words = fileFaults[error.code];
  return words && error.path ? `${words} ${error.path}.` : undefined;
};

/** The faults of AWS clients, by the name of the error. */
const awsFaults: Record<string, string> = {
  ResourceNotFoundException:
    'There is no such table at this place: check --table, and the region and account of your credentials.',
  CredentialsProviderError:
    'There are no AWS credentials here: put them into the environment, or choose a profile with AWS_PROFILE.',
  ExpiredTokenException: 'The AWS credentials have expired: sign in again.',
  ExpiredToken: 'The AWS credentials have expired: sign in again.',
  UnrecognizedClientException: 'AWS does not know these credentials: check them, and the region.',
  InvalidClientTokenId: 'AWS does not know these credentials: check them, and the region.',
  AccessDeniedException: 'These AWS credentials may not do this: use those of whoever deployed the stack.',
};

const awsFault = (error: Error): string | undefined => {
  if (/Region is missing/.test(error.message))
    return 'No AWS region is named: set AWS_REGION, as in AWS_REGION=eu-west-1.';
  return awsFaults[error.name];
};

const refused = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT'];

/** Some errors hold others, one for each address that was tried. */
const connectionFault = (error: Error): string | undefined => {
  const all = error instanceof AggregateError ? error.errors : [error, error.cause];
  return all.some((each) => isCoded(each) && refused.includes(each.code))
    ? 'Nothing answers at this address: check --endpoint, and that the engine (or `npm start`) runs.'
    : undefined;
};

/** One sentence for an error that a person who typed a command can do something about; undefined for any other. */
export const faultOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof CommandFault) return error.message;
  return (isCoded(error) ? fileFault(error) : undefined) ?? awsFault(error) ?? connectionFault(error);
};

/** Ends the process with a sentence: 2 for what the person can mend, 1 for what nobody foresaw. DEBUG=1 shows the stack of that. */
export const failWith = (error: unknown): never => {
  const fault = faultOf(error);
  const unforeseen = process.env['DEBUG'] && error instanceof Error ? (error.stack ?? error.message) : `${error}`;
  console.error(fault ?? `${unforeseen}${process.env['DEBUG'] ? '' : '\nDEBUG=1 before the command tells more.'}`);
  process.exit(fault === undefined ? 1 : 2);
};

interface Wanted<T extends ParseArgsOptionsConfig> {
  /** Begins with the command as it is typed, such as `npm run seed -- <file.json>`; `--help` prints all of it. */
  usage: string;
  options?: T;
  /** Arguments without a name: the least and the most. */
  positionals?: readonly [least: number, most: number];
  args?: readonly string[];
}

const everyCommand = { help: { type: 'boolean', short: 'h' } } as const satisfies ParseArgsOptionsConfig;

/** The command as it is typed, without its arguments: `npm run seed`. */
const nameIn = (usage: string): string => /^npm (?:run )?[\w-]+/.exec(usage)?.[0] ?? 'This command';

const parsedBy = <T extends ParseArgsConfig>(config: T, help: string) => {
  try {
    return parseArgs(config);
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. (?=[A-Z])/);
    throw new CommandFault(`${sentence.replace(/\.$/, '')}; ${help}`);
  }
};

/** The arguments of a command; `--help` prints the usage and ends. Throws CommandFault. */
export const readCommandLine = <const T extends ParseArgsOptionsConfig = Record<never, never>>({
  usage,
  options,
  positionals: [least, most] = [0, 0],
  args = process.argv.slice(2),
}: Wanted<T>) => {
  const help = `\`${nameIn(usage)} -- --help\` shows how it is used.`;
  const config = { args: [...args], allowPositionals: true, options: { ...(options as T), ...everyCommand } } as const;
  const { values, positionals } = parsedBy(config, help);
  if ('help' in values && values.help) {
    console.log(usage);
    process.exit(0);
  }
  if (positionals.length < least)
    throw new CommandFault(
      `${nameIn(usage)} needs ${least === 1 ? 'an argument' : `${least} arguments`} more; ${help}`,
    );
  if (positionals.length > most)
    throw new CommandFault(`${nameIn(usage)} does not know what to do with ${positionals[most]}; ${help}`);
  return { values, positionals, help };
};

/** Runs a command; whatever goes wrong ends it with a sentence. */
export const command = (main: () => Promise<void> | void): Promise<void> =>
  Promise.resolve().then(main).catch(failWith);
