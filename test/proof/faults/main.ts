import { parseArgs } from 'node:util';
import { seedFrom } from '../dice.ts';
import { runCampaign } from './campaign.ts';
import { printed } from './report.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, appointments: { type: 'string', default: '2000' } },
});
const seed = seedFrom(values.seed ?? process.env['FAULT_SEED']);
const say = (line: string): void => console.info(line);

say(`seed ${seed}, ${values.appointments} appointments`);
const report = await runCampaign({ seed, appointments: Number(values.appointments), say });
say(printed(seed, report));
process.exitCode = report.faults.length === 0 ? 0 : 1;
