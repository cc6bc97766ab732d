import { join } from 'node:path';
import { recurring } from '../../shared/background/recurring.ts';
import { seedIfEmpty } from './demo.ts';
import { clearDataDir } from './state/data-dir.ts';
import { type System, startSystem } from './system.ts';
import { createWorkbench } from './workbench/workbench.ts';

const dataDir = join(import.meta.dirname, '..', '..', '.data');

/** Staff who may sign in, with passwords of this computer alone. */
const people = ({ users }: System): string =>
  users()
    .map(({ email, password, invited }) => `      ${email.padEnd(24)} ${invited ? '(see the mailbox)' : password}`)
    .join('\n');

const welcome = (system: System): string => {
  const { url, tableName, dynamoEndpoint } = system;
  return `
  Regulars runs on this computer.

    Book as a client      ${url}/book
    Workbench             ${url}/_local/      clock, mailbox, front desk
    API document          ${url}/docs

    Sign in as staff      POST ${url}/v1/session  {"email", "password"}
${people(system)}

    Table ${tableName} at ${dynamoEndpoint}

  Everything is kept in .data/ (functions' logs in .data/functions.log).
  Ctrl-C ends it; \`npm start -- --fresh\` begins anew.
`;
};

const main = async (): Promise<void> => {
  const anew = process.argv.includes('--fresh');
  if (anew) clearDataDir(dataDir);
  const system = await startSystem({
    dataDir,
    anew,
    port: Number(process.env['PORT'] ?? 3000),
    orNextPort: true,
    beside: createWorkbench(),
  });

  let leaving = false;
  const leave = (): void => {
    if (leaving) process.exit(1);
    leaving = true;
    system.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);

  await seedIfEmpty(system);
  // Recurring work comes at each start: nobody leaves it running for long.
  for (const { message } of recurring) system.enqueue(message);
  console.log(welcome(system));
  await system.warm();
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
