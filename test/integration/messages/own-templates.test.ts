import { afterAll, beforeAll, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { bookAs } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const own = {
  subject: 'See you {{when}}',
  email: 'Dear {{firstName}},\n\nwe look forward to {{services}}.\n\nChange it: {{link}}',
  sms: 'See you {{whenShort}}',
};
const confirmation = (language: 'en' | 'ru' = 'en') => ({ template: 'confirmation' as const, language });
const found = async (language: 'en' | 'ru' = 'en') => {
  const listed = await world.as('reception').listTemplates({});
  if (!listed.ok) throw new Error(JSON.stringify(listed.problem));
  const { texts = [] } = listed.data.templates.find(({ template }) => template === 'confirmation') ?? {};
  const text = texts.find((each) => each.language === language);
  if (!text) throw new Error('no such text');
  return text;
};
/** The subject that a client gets who books now. */
const subjectTo = async (email: string, startsAt: string): Promise<string | undefined> => {
  await world.system.windBy(2 * minute);
  await bookAs(world, { email, phone: undefined }, { startsAt });
  await world.system.settle();
  return world.system.mailbox.list({ to: email }).at(-1)?.subject;
};

test('all are listed, with what they may ask for', async () => {
  const listed = await world.as('reception').listTemplates({});
  const templates = listed.ok ? listed.data.templates : [];
  expect(templates).toHaveLength(9);
  expect(templates.flatMap(({ texts }) => texts)).toHaveLength(36);
  expect(await found()).toMatchObject({ own: false, version: 0, usable: true, subject: 'You are booked: {{when}}' });
  const comeBack = templates.find(({ template }) => template === 'come-back');
  expect(comeBack?.placeholders).toContainEqual({
    name: 'unsubscribeLink',
    about: expect.stringContaining('stops marketing'),
    optional: false,
    required: true,
  });
});

test('own words are sent in their language, until the standard ones are back', async () => {
  const manager = world.as('manager');
  expect(await subjectTo('before@example.com', '2026-12-01T10:00')).toMatch(/^You are booked/);
  const saved = await manager.putTemplate({ params: confirmation(), body: own, ifMatch: 0 });
  expect(saved.ok && saved.data).toMatchObject({ own: true, version: 1, subject: own.subject });
  expect(await subjectTo('with-own@example.com', '2026-12-01T12:00')).toMatch(/^See you Tuesday/);
  expect(await found('ru')).toMatchObject({ own: false });
  const back = await manager.deleteTemplate({ params: confirmation(), ifMatch: 1 });
  expect(back.ok && back.data).toMatchObject({ own: false, version: 0 });
  expect(await subjectTo('after@example.com', '2026-12-01T14:00')).toMatch(/^You are booked/);
});

test('who has not seen the last change can’t overwrite it', async () => {
  const [manager, owner] = [world.as('manager'), world.as('owner')];
  const params = confirmation('ru');
  const raced = await Promise.all(
    [manager, owner].map((api) => api.putTemplate({ params, body: { ...own, subject: 'Ждём вас' }, ifMatch: 0 })),
  );
  expect(raced.map(({ status }) => status).sort()).toEqual([200, 412]);
  const stale = await owner.putTemplate({ params, body: own, ifMatch: 0 });
  expect(stale.ok || stale.problem).toMatchObject({ code: 'version_mismatch', errors: [{ allowed: ['"1"'] }] });
  expect((await owner.deleteTemplate({ params, ifMatch: 0 })).status).toBe(412);
  expect((await owner.putTemplate({ params, body: own, ifMatch: 1 })).status).toBe(200);
  const bare = await fetch(`${world.system.url}/v1/templates/confirmation/ru`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${world.system.token('owner')}`, 'content-type': 'application/json' },
    body: JSON.stringify(own),
  });
  expect(bare.status).toBe(428);
});

test('words that nobody could send are refused by their part, and nothing changes', async () => {
  const before = await found();
  for (const [part, text] of [
    ['subject', 'Hello {{frstName}}'],
    ['email', 'Click {{reviewLink}}'],
    ['sms', 'Hello {{firstName'],
    ['sms', '   '],
  ] as const) {
    const outcome = await world
      .as('owner')
      .putTemplate({ params: confirmation(), body: { ...own, [part]: text }, ifMatch: before.version });
    expect([outcome.ok, outcome.ok || outcome.problem.errors?.[0]?.path]).toEqual([false, part]);
  }
  const unknown = await world
    .as('owner')
    .putTemplate({ params: confirmation(), body: { ...own, email: '{{x}}' }, ifMatch: before.version });
  expect(unknown.ok || [unknown.status, unknown.problem.errors?.[0]?.allowed]).toEqual([
    422,
    expect.arrayContaining(['{{firstName}}', '{{link}}', '{{repeats}}']),
  ]);
  expect(await found()).toEqual(before);
});

test('a preview shows every channel and saves nothing', async () => {
  const outcome = await world
    .as('reception')
    .previewTemplate({ body: { ...confirmation(), ...own, sms: 'See you – ₹5 off' } });
  expect(outcome.ok && outcome.data).toMatchObject({
    subject: expect.stringMatching(/^See you /),
    html: expect.stringContaining('<h1'),
    text: expect.stringContaining('Dear Anna'),
    sms: { text: 'See you – ₹5 off', parts: 1, encoding: 'ucs-2', charactersLeft: 54 },
    warnings: [{ part: 'sms', message: expect.stringContaining('“₹”') }],
  });
  expect(await found()).toMatchObject({ own: false });
});

test('only owner and manager write; the owner reads who did', async () => {
  for (const role of ['reception', 'staff'] as const) {
    expect((await world.as(role).putTemplate({ params: confirmation(), body: own, ifMatch: 0 })).status).toBe(403);
    expect((await world.as(role).deleteTemplate({ params: confirmation(), ifMatch: 0 })).status).toBe(403);
  }
  const { version } = await found();
  await world.as('manager').putTemplate({ params: confirmation(), body: own, ifMatch: version });
  const date = new Date(world.system.clock.now()).toISOString().slice(0, 10);
  const address = `${world.system.url}/v1/audit?date=${date}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${world.system.token('owner')}` } });
  expect(await answer.text()).toContain('template/confirmation.en');
});
