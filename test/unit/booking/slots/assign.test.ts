import { describe, expect, it } from 'vitest';
import { assign, bookedTimesOf, type Segment, type Workload } from '../../../../shared/booking/slots/assign.ts';
import { visitMinutes } from '../../../../shared/booking/slots/request.ts';
import type { Resource, StaffMember } from '../../../../shared/business/catalogue.ts';
import type { Interval } from '../../../../shared/platform/time/intervals.ts';
import { minute } from '../../../../shared/platform/time/time.ts';
import { person, service } from '../../../support/unit/catalogue.ts';

const ana = person('ana');
const bea = person('bea');
const cleo = person('cleo');
const cut = service('cut', 30);
const colour = service('colour', 60, { bufferBeforeMinutes: 10, bufferAfterMinutes: 20 });
const dry = service('dry', 30, { bufferBeforeMinutes: 5, bufferAfterMinutes: 15 });

const by = (offered: Segment['service'], ...candidates: StaffMember[]): Segment => ({
  service: offered,
  locationId: 'here',
  candidates,
});
const minutes = (from: number, until: number): Interval => ({ from: from * minute, until: until * minute });
const allDay = [minutes(-600, 600)];

/** Everyone works all day but for what is said. */
const diaries =
  (known: Record<string, Partial<Workload>> = {}) =>
  (id: string): Workload => ({ working: allDay, busy: [], ...known[id] });

const who = (segments: readonly Segment[], known?: Record<string, Partial<Workload>>) =>
  assign(segments, 0, diaries(known))?.map((one) => one.person.id);

describe('a visit of one service', () => {
  it('goes to the first who is free', () => {
    expect(who([by(cut, ana, bea)])).toEqual(['ana']);
    expect(who([by(cut, ana, bea)], { ana: { busy: [minutes(29, 40)] } })).toEqual(['bea']);
    expect(who([by(cut, ana, bea)], { ana: { busy: [minutes(30, 40)] } })).toEqual(['ana']);
    expect(who([by(cut, ana)], { ana: { busy: [minutes(0, 30)] } })).toBeUndefined();
  });

  it('must lie within working time, its buffers need not', () => {
    expect(who([by(colour, ana)], { ana: { working: [minutes(0, 60)] } })).toEqual(['ana']);
    expect(who([by(colour, ana)], { ana: { working: [minutes(1, 60)] } })).toBeUndefined();
    expect(who([by(colour, ana)], { ana: { working: [minutes(0, 59)] } })).toBeUndefined();
    expect(who([by(colour, ana)], { ana: { working: [minutes(0, 30), minutes(31, 60)] } })).toBeUndefined();
  });

  it('needs its buffers free', () => {
    expect(who([by(colour, ana)], { ana: { busy: [minutes(-20, -10), minutes(80, 90)] } })).toEqual(['ana']);
    expect(who([by(colour, ana)], { ana: { busy: [minutes(-20, -9)] } })).toBeUndefined();
    expect(who([by(colour, ana)], { ana: { busy: [minutes(79, 90)] } })).toBeUndefined();
  });

  it('that nobody performs fits nowhere', () => {
    expect(who([by(cut)])).toBeUndefined();
  });
});

describe('a visit of several services', () => {
  it('follows without pause, in the order asked for', () => {
    const assignments = assign([by(colour, ana), by(cut, bea), by(dry, ana)], 0, diaries());
    expect(assignments?.map(({ from, until }) => [from / minute, until / minute])).toEqual([
      [0, 60],
      [60, 90],
      [90, 120],
    ]);
    expect(visitMinutes([by(colour), by(cut), by(dry)])).toBe(120);
  });

  it('stays with one person where that is possible', () => {
    expect(who([by(cut, bea, ana), by(dry, ana, bea)])).toEqual(['bea', 'bea']);
    expect(who([by(cut, bea, ana), by(dry, ana)])).toEqual(['bea', 'ana']);
    expect(who([by(cut, bea, ana), by(dry, ana, bea)], { bea: { busy: [minutes(50, 60)] } })).toEqual(['bea', 'ana']);
  });

  it('by one person takes the buffer of the first before and of the last after, none between', () => {
    const assignments = assign([by(colour, ana), by(dry, ana)], 0, diaries()) ?? [];
    expect(bookedTimesOf(assignments)).toEqual([{ ownerId: 'ana', ...minutes(-10, 105) }]);
  });

  it('by several people takes of each what they need', () => {
    const assignments = assign([by(colour, ana), by(dry, bea), by(cut, ana)], 0, diaries()) ?? [];
    expect(bookedTimesOf(assignments)).toEqual([
      { ownerId: 'ana', ...minutes(-10, 80) },
      { ownerId: 'bea', ...minutes(55, 105) },
      { ownerId: 'ana', ...minutes(90, 120) },
    ]);
  });

  it('looks further when the preferred person can do only the first', () => {
    // Ana must be gone at 30 and Bea, who could go on, is busy from 40: only Cleo finishes.
    const known = { ana: { busy: [minutes(30, 90)] }, bea: { busy: [minutes(40, 50)] } };
    expect(who([by(cut, ana, bea, cleo), by(dry, ana, bea, cleo)], known)).toEqual(['ana', 'cleo']);
  });

  it('takes another for the first when the buffer after it is not free', () => {
    const known = { ana: { busy: [minutes(70, 80)] }, bea: {} };
    expect(who([by(colour, ana, bea), by(cut, cleo)], known)).toEqual(['bea', 'cleo']);
  });

  it('takes another for the second when the buffer before it is not free', () => {
    const known = { ana: { busy: [minutes(30, 60)] }, bea: { busy: [minutes(0, 30)] } };
    expect(who([by(cut, ana), by(dry, bea, cleo)], known)).toEqual(['ana', 'cleo']);
  });

  it('does not need the buffer before a service that the same person goes on with', () => {
    const known = { ana: { busy: [minutes(-30, 0)] } };
    expect(who([by(cut, ana), by(colour, ana)], known)).toEqual(['ana', 'ana']);
    expect(who([by(colour, ana), by(cut, ana)], known)).toBeUndefined();
    // Even where that buffer is longer than what comes before.
    expect(who([by(service('tint', 5), ana), by(colour, ana)], known)).toEqual(['ana', 'ana']);
  });

  it('that each fit but not together do not fit', () => {
    const known = { ana: { working: [minutes(0, 45)] } };
    expect(who([by(cut, ana)], known)).toEqual(['ana']);
    expect(who([by(cut, ana), by(dry, ana)], known)).toBeUndefined();
  });

  it('asks each question once, however many people and services there are', () => {
    const team = Array.from({ length: 30 }, (_, index) => person(`p${index}`));
    const last = person('last');
    const segments = [...Array.from({ length: 7 }, () => by(cut, ...team)), by(cut, last)];
    let questions = 0;
    const found = assign(segments, 0, (id) => {
      questions += 1;
      return { working: allDay, busy: id === 'last' ? allDay : [] };
    });
    expect(found).toBeUndefined();
    // 30 people in each of 7 places after 30 others, a few looks at each: not 30 to the 7th.
    expect(questions).toBeLessThan(30 * 30 * 7 * 4);
  });
});

describe('whoever comes back within a visit', () => {
  const long = service('long', 60, { bufferAfterMinutes: 30 });
  const wash = service('wash', 10);
  const trim = service('trim', 30, { bufferBeforeMinutes: 15 });
  const longer = service('longer', 45);

  it('keeps her own buffers around what another does in between', () => {
    expect(who([by(long, ana), by(wash, bea), by(trim, ana)])).toBeUndefined();
    expect(who([by(long, ana), by(wash, bea), by(trim, ana, cleo)])).toEqual(['ana', 'bea', 'cleo']);
    expect(who([by(long, ana), by(longer, bea), by(trim, ana)])).toEqual(['ana', 'bea', 'ana']);
  });

  it('has none to keep where she goes on herself', () => {
    expect(who([by(long, ana), by(wash, ana), by(trim, ana)])).toEqual(['ana', 'ana', 'ana']);
  });

  it('is found beyond an attempt that failed for the buffers of somebody else', () => {
    expect(who([by(long, ana, bea), by(wash, cleo), by(trim, ana)])).toEqual(['bea', 'cleo', 'ana']);
  });

  it('and rooms likewise', () => {
    const [one, two] = ['one', 'two'].map(
      (id): Resource => ({ id, name: id, kind: 'chair', location: 'here', closed: [], retired: false }),
    ) as [Resource, Resource];
    const chairs = (...all: Resource[]): Segment[] => [
      { ...by(long, ana), resources: [[one]] },
      by(wash, bea),
      { ...by(trim, cleo), resources: [all] },
    ];
    expect(assign(chairs(one), 0, diaries())).toBeUndefined();
    expect(assign(chairs(one, two), 0, diaries())?.at(-1)?.resources).toEqual([two]);
  });
});

describe('rooms and equipment', () => {
  const room = (id: string, kind = 'room'): Resource => ({
    id,
    name: id,
    kind,
    location: 'here',
    closed: [],
    retired: false,
  });
  const [first, second] = [room('first'), room('second')];
  const laser = room('laser', 'laser');
  const inRoom = (offered: Segment['service'], kinds: Resource[][], ...candidates: StaffMember[]): Segment => ({
    ...by(offered, ...candidates),
    resources: kinds,
  });
  const where = (segments: readonly Segment[], known?: Record<string, Partial<Workload>>) =>
    assign(segments, 0, diaries(known))?.map(({ resources }) => resources.map(({ id }) => id).join('+'));

  it('are taken along with the person, one of each kind, whichever is free', () => {
    expect(where([inRoom(cut, [[first, second], [laser]], ana)])).toEqual(['first+laser']);
    expect(where([inRoom(cut, [[first, second]], ana)], { 'resource:first': { busy: [minutes(29, 40)] } })).toEqual([
      'second',
    ]);
  });

  it('rule a time out when one kind is lacking, though the person is free', () => {
    const taken = { 'resource:laser': { busy: [minutes(0, 5)] } };
    expect(where([inRoom(cut, [[first], [laser]], ana)], taken)).toBeUndefined();
    expect(where([inRoom(cut, [[]], ana)])).toBeUndefined();
  });

  it('must be free for the buffers, too', () => {
    const until = (busy: Interval) => ({ 'resource:first': { busy: [busy] } });
    expect(where([inRoom(colour, [[first]], ana)], until(minutes(80, 90)))).toEqual(['first']);
    expect(where([inRoom(colour, [[first]], ana)], until(minutes(79, 90)))).toBeUndefined();
    expect(where([inRoom(colour, [[first]], ana)], until(minutes(-20, -9)))).toBeUndefined();
  });

  it('stay with a visit that goes on in them, and are taken once for it', () => {
    const later = { 'resource:first': { busy: [minutes(60, 90)] } };
    const segments = [inRoom(cut, [[first, second]], ana), inRoom(dry, [[first, second]], bea)];
    expect(where(segments)).toEqual(['first', 'first']);
    expect(where(segments, later)).toEqual(['first', 'second']);
    expect(bookedTimesOf(assign(segments, 0, diaries()) ?? [])).toEqual([
      { ownerId: 'ana', ...minutes(0, 30) },
      { ownerId: 'resource:first', ...minutes(0, 75) },
      { ownerId: 'bea', ...minutes(25, 75) },
    ]);
  });
});

describe('group lessons', () => {
  const yoga = service('yoga', 60, { seats: 10, bufferAfterMinutes: 10 });
  const lesson = (seats: number, from = 0, id = 'yoga/ana/here') => ({
    ...minutes(from, from + 70),
    lesson: id,
    seats,
  });
  const joined = (seats: number, ...busy: Workload['busy']) =>
    assign([by(yoga, ana)], 0, diaries({ ana: { busy } }), seats)?.[0]?.seatsLeft;

  it('have as many seats as nobody has taken', () => {
    expect(joined(1)).toBe(10);
    expect(joined(1, lesson(3), lesson(4))).toBe(3);
    expect(joined(3, lesson(3), lesson(4))).toBe(3);
    expect(joined(4, lesson(3), lesson(4))).toBeUndefined();
    expect(joined(1, lesson(10))).toBeUndefined();
  });

  it('are joined at their own time only, and not while something else is on', () => {
    expect(joined(1, lesson(1, 5))).toBeUndefined();
    expect(joined(1, lesson(1, 0, 'pilates/ana/here'))).toBeUndefined();
    // She can't teach it at two places at once.
    expect(joined(1, lesson(1, 0, 'yoga/ana/there'))).toBeUndefined();
    expect(joined(1, lesson(1), minutes(30, 40))).toBeUndefined();
  });

  it('go on, though their length and buffers have changed since the first was booked', () => {
    const longer = service('yoga', 90, { seats: 10, bufferBeforeMinutes: 5, bufferAfterMinutes: 20 });
    const place = (...busy: Workload['busy']) => assign([by(longer, ana)], 0, diaries({ ana: { busy } }));
    expect(place(lesson(3))?.[0]).toMatchObject({ seatsLeft: 7, lesson: 'yoga/ana/here/5' });
    expect(joined(1, { ...minutes(-5, 110), lesson: 'yoga/ana/here/5', seats: 4 })).toBe(6);
    // What takes the very same time began at another.
    expect(place({ ...minutes(-5, 110), lesson: 'yoga/ana/here', seats: 1 })).toBeUndefined();
    expect(joined(1, { ...minutes(0, 70), lesson: 'yoga/ana/here/5', seats: 1 })).toBeUndefined();
    expect(place(lesson(3), minutes(109, 120))).toBeUndefined();
  });

  it('go on in the room in which they began', () => {
    const room = (id: string): Resource => ({
      id,
      name: id,
      kind: 'hall',
      location: 'here',
      closed: [],
      retired: false,
    });
    const halls = [room('small'), room('big')];
    const segment = { ...by(yoga, ana), resources: [halls] };
    const inBig = { ana: { busy: [lesson(2)] }, 'resource:big': { busy: [lesson(2)] } };
    const place = (known: Record<string, Partial<Workload>>) =>
      assign([segment], 0, diaries(known), 1)?.[0]?.resources.map(({ id }) => id);
    expect(place({})).toEqual(['small']);
    expect(place(inBig)).toEqual(['big']);
    expect(place({ ...inBig, 'resource:big': { busy: [lesson(2), minutes(0, 5)] } })).toEqual(['small']);
  });
});
