import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day, hour, minute } from '../../support/durations.ts';
import { type Browser, browserAt, passwordOf, signedIn } from '../../support/world/browser.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  // Noon of UTC: a day's total isn't cut in two by midnight.
  await world.system.windBy(21 * hour);
});
afterAll(() => world.system.close());

const staff = 'staff@example.com';
let places = 0;
const stranger = (): Browser => {
  places += 1;
  return browserAt(world.system.url, `127.8.${Math.floor(places / 250)}.${1 + (places % 250)}`);
};
const forget = (email: string, browser = stranger()) => browser.ask('/forgot', { email });
const mails = () => world.mails(/verification code/).length;

describe('codes for a forgotten password', () => {
  test('go to one person four times an hour and eleven times a day, whoever asks; invented ones are told the same', async () => {
    const codesOf = async (email: string) => {
      const begun = world.system.clock.now();
      const at: number[] = [];
      const answers: (string | undefined)[] = [];
      while (world.system.clock.now() - begun < day) {
        const { status, code, body } = await forget(email);
        answers.push(code);
        if (status === 202) at.push(world.system.clock.now() - begun);
        else await world.system.windBy(Number(body['retryAfter']) * 1000);
      }
      return { inHour: at.filter((each) => each < hour).length, inDay: at.length, answers };
    };
    await signedIn(world, staff);
    const before = mails();
    const known = await codesOf(staff);
    expect([known.inHour, known.inDay, mails() - before]).toEqual([4, 11, 11]);
    expect(await codesOf('nobody@example.com')).toEqual(known);
    expect(mails() - before).toBe(11);
  });

  test('keep nobody from signing in, and wrong passwords keep nobody from a code', async () => {
    const browser = stranger();
    for (let tried = 0; tried < 8; tried += 1) await stranger().signIn(staff, 'some password of a list');
    expect(await browser.signIn(staff, passwordOf(world, staff))).toMatchObject({ code: 'too_many_requests' });
    await world.system.windBy(day);
    for (let tried = 0; tried < 5; tried += 1) await forget('reception@example.com');
    expect((await stranger().signIn('reception@example.com', passwordOf(world, 'reception@example.com'))).status).toBe(
      200,
    );
  });

  test('are not used up by strangers for who asks from a browser that is known', async () => {
    const known = await signedIn(world, staff);
    await world.system.windBy(day);
    const codes = await Promise.all(Array.from({ length: 6 }, () => forget(staff)));
    expect(codes.map(({ status }) => status).toSorted()).toEqual([202, 202, 429, 429, 429, 429]);
    expect((await forget(staff, known)).status).toBe(202);
  });

  test('are few from one household, whomever it names', async () => {
    await world.system.windBy(day);
    const statuses: number[] = [];
    for (let person = 0; person < 20; person += 1) {
      const { status } = await browserAt(world.system.url, '127.8.200.1').ask('/forgot', {
        email: `p${person}@x.example`,
      });
      statuses.push(status);
    }
    expect(statuses.filter((status) => status === 202)).toHaveLength(15);
    await world.system.windBy(minute);
  });

  test('are thirty a day in all, so that invitations still go; the log says so before, and nobody else', async () => {
    await world.system.windBy(day);
    const people = Array.from({ length: 20 }, (_, number) => `many${number}@example.com`);
    for (const email of people) {
      world.system.invite(email);
      const browser = browserAt(world.system.url);
      const { body } = await browser.signIn(email, passwordOf(world, email));
      await browser.ask('/answer', { session: body['session'], newPassword: 'a long password of their own' });
    }
    // Invented addresses use nothing up.
    for (let number = 0; number < 40; number += 1)
      expect((await forget(`invented${number}@example.com`)).status).toBe(202);
    const warnings = () => world.system.logs().filter((line) => line.includes('codes mailed today')).length;
    const before = mails();
    const answers = [];
    for (const email of [...people, ...people]) answers.push(await forget(email));
    expect([mails() - before, warnings()]).toEqual([30, 21]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(202);
    expect(world.system.logs().join('\n')).not.toContain('many1@example.com');
    await world.system.windBy(day);
    await forget('many1@example.com');
    expect(mails() - before).toBe(31);
  });
});
