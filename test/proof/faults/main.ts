import { CommandFault, command, readCommandLine } from '../../../infra/command-line.ts';
import { seedFrom } from '../dice.ts';
import { runCampaign } from './campaign.ts';
import { printed } from './report.ts';

const usage = `npm run faults -- [--seed <number>] [--appointments <number>]

  Lets every service fail at random, and says what came of it. The same seed makes the same run.`;

await command(async () => {
  const options = { seed: { type: 'string' }, appointments: { type: 'string', default: '2000' } } as const;
  const { values, help } = readCommandLine({ usage, options });
  if (!/^[1-9]\d{0,6}$/.test(values.appointments))
    throw new CommandFault(`--appointments takes a number, not ${values.appointments}; ${help}`);
  const seed = seedFrom(values.seed ?? process.env['FAULT_SEED']);
  const say = (line: string): void => console.info(line);

  say(`seed ${seed}, ${values.appointments} appointments`);
  const report = await runCampaign({ seed, appointments: Number(values.appointments), say });
  say(printed(seed, report));
  process.exitCode = report.faults.length === 0 ? 0 : 1;
});
