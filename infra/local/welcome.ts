import { defaultPort } from './port.ts';
import type { RunningSystem } from './running-system.ts';

/** Staff who may sign in, with passwords of this computer alone. */
const people = ({ users }: Pick<RunningSystem, 'users'>): string =>
  users()
    .map(({ email, password, invited }) => `      ${email.padEnd(24)} ${invited ? '(see the mailbox)' : password}`)
    .join('\n');

/** Text for the terminal when the system runs. `isNamed`: whoever started it has named the port. */
export const welcome = (
  system: Pick<RunningSystem, 'url' | 'tableName' | 'dynamoEndpoint' | 'users'>,
  { isNamed }: { isNamed: boolean },
): string => {
  const { url, tableName, dynamoEndpoint } = system;
  const isNext = !isNamed && !url.endsWith(`:${defaultPort}`);
  return `
  Regulars runs on this computer${isNext ? ` (at another port, as ${defaultPort} is taken)` : ''}.

    Book as a client      ${url}/book
    Workbench             ${url}/_local/      clock, mailbox, front desk
    API document          ${url}/docs

  Try this:
    1. Look at today's diary in the workbench: who has been, who is here, who comes.
    2. Book as a client, with any e-mail address: nothing leaves this computer.
    3. Read your confirmation in the workbench's mailbox, and open its link.
    4. Wind the workbench's clock to tomorrow, and see what has been sent meanwhile.

    Sign in as staff      POST ${url}/v1/session  {"email", "password"}
${people(system)}

    Table ${tableName} at ${dynamoEndpoint}

  Everything is kept in .data/ (functions' logs in .data/functions.log).
  Ctrl-C ends it; \`npm start -- --fresh\` begins anew, \`-- --fresh --empty\` without clients.
`;
};
