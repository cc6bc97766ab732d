import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { CommandFault, command, readCommandLine } from '../../infra/command-line.ts';

const usage = `npm run bench -- [part …] [--tiny]

  Every figure, one part after the other; without parts, all of them, which are kept in test/bench/figures.md.

  --tiny  takes about a minute, tells whether every part still runs through, and keeps nothing`;

/**
 * `npm run bench`: every figure side by side, one part after the other, each in a process of its own; printed, and kept
 * in `figures.md`. `npm run bench -- overhead growth` runs those parts only and keeps nothing; `npm run bench -- --tiny`
 * takes about a minute, tells whether every part still runs through, and keeps nothing either.
 */
const parts = ['start-up', 'overhead', 'throughput', 'growth', 'crowd', 'costs'];

const run = (part: string, tiny: boolean): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, `${part}.ts`)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...(tiny ? { BENCH_TINY: '1' } : {}) },
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(text.trim()) : reject(new Error(`${part} ended with ${code}`)),
    );
  });

const head = `# Figures

Of one run of \`npm run bench\` on ${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}; the engine is a local
DynamoDB in memory.`;
await command(async () => {
  const options = { tiny: { type: 'boolean', default: false } } as const;
  const { values, positionals: wanted } = readCommandLine({ usage, options, positionals: [0, parts.length] });
  const { tiny } = values;
  const unknown = wanted.filter((name) => !parts.includes(name));
  if (unknown.length > 0)
    throw new CommandFault(`There is no part ${unknown.join(', ')}; there are ${parts.join(', ')}.`);
  console.log(`${head}\n`);
  const sections: string[] = [];
  for (const part of wanted.length > 0 ? wanted : parts) {
    sections.push(await run(part, tiny));
    console.log('');
  }
  if (wanted.length === 0 && !tiny)
    writeFileSync(join(import.meta.dirname, 'figures.md'), `${[head, ...sections].join('\n\n')}\n`);
});
