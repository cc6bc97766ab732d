import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../infra/supply-chain/audit.ts';
import { leftOut } from '../../../infra/supply-chain/sbom.ts';
import { secretsIn } from '../../../infra/supply-chain/secrets.ts';

const letters = (count: number) => 'aB3'.repeat(count).slice(0, count);
const joined = (...parts: string[]) => parts.join('');
/** A bare machine has none, and `npm test` must pass there; `npm run check` itself needs git. */
const noGit = spawnSync('git', ['--version']).error !== undefined;
const fiveDashes = '-'.repeat(5);

/** In pieces, so that this file holds none itself. */
const secrets: Record<string, string> = {
  'the id of an AWS access key': joined('id: AK', 'IA', 'QRSTUVWXYZ234567'),
  'an AWS secret access key': joined('aws_secret', '_access_key = ', letters(40)),
  'a private key': joined(fiveDashes, 'BEGIN RSA PRIVATE', ' KEY', fiveDashes),
  'a token of GitHub': joined('gh', 'p_', letters(36)),
  'a token of npm': joined('//registry.npmjs.org/:_authToken=np', 'm_', letters(36)),
  'a token of Slack': joined('xo', 'xb-', letters(24)),
  'a key of Stripe': joined('sk', '_live_', letters(24)),
  'a key of Google': joined('AI', 'za', letters(35)),
  'a key of Twilio or SendGrid': joined('S', 'K', '0123456789abcdef'.repeat(2)),
  'a signed token': joined('ey', 'J', letters(20), '.ey', 'J', letters(30), '.', letters(43)),
  'a password in an address': joined('smtp://hello', ':hunter22', '@mail.example'),
  'a password of a mailbox': joined('SMTP_PASS', 'WORD=correct-horse'),
};

describe('a secret', () => {
  it.each(Object.entries(secrets))('%s is found, and not repeated', (what, text) => {
    const found = secretsIn(`one\n  ${text}\nthree`);
    expect(found).toEqual([{ line: 2, what }]);
    expect(JSON.stringify(found)).not.toContain(text);
  });

  it('is not what documents show as examples, nor a template of an address', () => {
    const harmless = [
      joined('AK', 'IAIOSFODNN7EXAMPLE'),
      'https://user:$' + '{password}@mail.example',
      'mailto:hello@salon.example',
      'password: z.string()',
    ];
    expect(harmless.flatMap(secretsIn)).toEqual([]);
  });

  it.skipIf(noGit)('makes `npm run check` fail with its place', () => {
    const work = mkdtempSync(join(tmpdir(), 'regulars-secrets-'));
    writeFileSync(join(work, 'settings.ts'), `export const key = '${secrets['a token of GitHub']}';\n`);
    spawnSync('git', ['init', '--quiet'], { cwd: work });
    // No registry, and no waiting for one.
    const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/' };
    const check = join(process.cwd(), 'infra/supply-chain/check.ts');
    const { status, stdout } = spawnSync(process.execPath, [check], { cwd: work, env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain('settings.ts:1 looks like a token of GitHub');
    expect(stdout).toContain('NOT CHECKED: whether packages have known vulnerabilities');
  });
});

describe('what the registry says of packages', () => {
  const report = (vulnerabilities: object) => JSON.stringify({ auditReportVersion: 2, vulnerabilities });

  it.each(['high', 'critical'])('fails the check when it is %s, with the name of the package', (severity) => {
    const { ok, lines } = judge(report({ 'left-pad': { severity, range: '<1.3.0', name: 'left-pad' } }));
    expect(ok).toBe(false);
    expect(lines.join('\n')).toMatch(new RegExp(`${severity} +left-pad <1.3.0`));
  });

  it('is told and passes when it is milder, or nothing', () => {
    expect(judge(report({ 'left-pad': { severity: 'moderate', range: '*' } }))).toMatchObject({ ok: true });
    expect(judge(report({}))).toEqual({
      ok: true,
      lines: ['Packages with known vulnerabilities: 0, of which 0 high or critical.'],
    });
  });

  it.each([
    ['does not end in time', undefined, 'did not answer in time'],
    ['refuses', '{"message":"405 Method Not Allowed","statusCode":405}', '405 Method Not Allowed'],
    ['prints no report', 'npm error', 'printed no report'],
  ])('is plainly missing when it %s', (_, said, why) => {
    const { ok, lines } = judge(said);
    expect(ok).toBe(true);
    expect(lines.join()).toMatch(/^NOT CHECKED/);
    expect(lines.join()).toContain(why);
  });
});

describe('the bill of materials', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/zod': { version: '4.0.0' },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0' },
    },
  };
  const component = (name: string, version: string) => ({ name, version, purl: `pkg:npm/${name}@${version}` });

  it('lists every package of the lock file, those within others, too', () => {
    const whole = [component('zod', '4.0.0'), component('@b/c', '2.0.0')];
    expect(leftOut({ bomFormat: 'CycloneDX', components: whole }, lock)).toEqual([]);
    expect(leftOut({ bomFormat: 'CycloneDX', components: whole.slice(0, 1) }, lock)).toEqual(['@b/c@2.0.0']);
  });
});
