import { join } from 'node:path';
import { recurring } from '../../shared/background/recurring.ts';
import { CommandFault, command, readCommandLine } from '../command-line.ts';
import { openDemo, seedIfEmpty } from './demo.ts';
import { PortTaken } from './gateway/gateway.ts';
import { defaultPort, portIn } from './port.ts';
import { clearDataDir, InUse, isHalfFilled } from './state/data-dir.ts';
import { FileDamaged } from './state/state-file.ts';
import { type System, startSystem } from './system.ts';
import { welcome } from './welcome.ts';
import { createWorkbench } from './workbench/workbench.ts';

const usage = `npm start -- [--fresh] [--empty]

  Runs the whole system on this computer. The first start opens a demo salon with a past, a today and a tomorrow.

  --fresh  begins anew: deletes what is kept in .data/
  --empty  opens the salon without clients, where it is opened anew

  PORT=8080 npm start takes another port than ${defaultPort}.`;

const dataDir = join(import.meta.dirname, '..', '..', '.data');

const started = async (isFresh: boolean, isEmpty: boolean): Promise<System> => {
  const port = portIn(process.env['PORT']);
  const anew = isFresh || isHalfFilled(dataDir);
  try {
    if (anew) clearDataDir(dataDir);
    return await startSystem({
      ...{ dataDir, anew, port: port ?? defaultPort, orNextPort: port === undefined, beside: createWorkbench() },
      ...(isEmpty ? {} : { fill: openDemo }),
    });
  } catch (error) {
    if (error instanceof PortTaken) {
      const next = `PORT=${error.port + 1} npm start`;
      throw new CommandFault(
        `Port ${error.port} is taken by another program: end that, or choose another port: ${next}`,
      );
    }
    if (error instanceof InUse || error instanceof FileDamaged) throw new CommandFault(error.message);
    throw error;
  }
};

/** Ends the system at Ctrl-C; a second one ends the process at once. */
const endAtSignals = (system: System): void => {
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
};

await command(async () => {
  const options = { fresh: { type: 'boolean', default: false }, empty: { type: 'boolean', default: false } } as const;
  const { fresh, empty } = readCommandLine({ usage, options }).values;
  const system = await started(fresh, empty);
  endAtSignals(system);
  await seedIfEmpty(system);
  // Recurring work comes at each start: nobody leaves it running for long.
  for (const { message } of recurring) system.enqueue(message);
  console.log(welcome(system, { isNamed: portIn(process.env['PORT']) !== undefined }));
  await system.warm();
});
