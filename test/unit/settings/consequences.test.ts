import { describe, expect, test } from 'vitest';
import { type Catalogue, catalogueSchema, type Touchpoint } from '../../../shared/business/catalogue.ts';
import type { HeldCatalogue } from '../../../shared/business/editor.ts';
import { inNewZone, locationsAround, locationsConcerned, replanning } from '../../../shared/settings/consequences.ts';
import { pieceName, piecesOf } from '../../../shared/settings/jobs/pieces.ts';
import { type Edit, prepare, same } from '../../../shared/settings/rules.ts';

const week = { mon: [{ from: '09:00', until: '17:00' }] };
const place = (id: string, zone: string) => ({
  ...{ id, zone, name: id, address: '1 High Street', hours: week },
  manager: { email: 'm@here.example', language: 'en' as const },
});
const catalogue = catalogueSchema.parse({
  settings: { name: 'Here', languages: ['en'], currency: 'GBP', country: 'GB' },
  locations: [place('here', 'Europe/London'), place('there', 'Europe/Paris')],
  staff: [
    { id: 'amina', name: 'Amina', locations: ['here', 'there'], skills: ['cut'] },
    { id: 'marco', name: 'Marco', locations: ['there'], skills: [] },
  ],
  categories: [{ id: 'hair', name: { en: 'Hair' } }],
  services: [
    {
      id: 'cut',
      name: { en: 'Cut' },
      category: 'hair',
      durationMinutes: 60,
      price: { amount: 1, currency: 'GBP' },
      repeatDays: 42,
    },
  ],
  resources: [{ id: 'room', name: 'Room', kind: 'room', location: 'there' }],
});
const held: HeldCatalogue = { catalogue, revision: 'r', versionOf: () => 1, orderOf: () => '0000' };

type Lists = 'locations' | 'staff' | 'services' | 'resources';
const edited = (kind: Lists, id: string, changes: object) => {
  const row = (catalogue[kind] as { id: string }[]).find((one) => one.id === id);
  const edit: Edit = { act: 'change', kind, id, version: '1', value: { ...row, ...changes } };
  return { edit, prepared: prepare(held, edit) };
};
const concerned = (kind: Lists, id: string, changes: object) => {
  const { edit, prepared } = edited(kind, id, changes);
  return locationsConcerned(catalogue, edit, prepared);
};

describe('where appointments may be affected', () => {
  test.each<[Lists, string, object, string[]]>([
    ['locations', 'here', { hours: {} }, ['here']],
    ['locations', 'here', { name: 'New' }, []],
    ['staff', 'amina', { daysOff: [{ from: '2026-12-01', until: '2026-12-02' }] }, ['here', 'there']],
    ['staff', 'amina', { locations: ['here'] }, ['here', 'there']],
    ['staff', 'amina', { name: 'Amina R.' }, []],
    ['services', 'cut', { retired: true }, ['here', 'there']],
    ['services', 'cut', { durationMinutes: 90, price: { amount: 2, currency: 'GBP' } }, []],
    ['resources', 'room', { closed: [{ from: '2026-12-01', until: '2026-12-02' }] }, ['there']],
  ])('%s %s with %j', (kind, id, changes, locations) => {
    expect(concerned(kind, id, changes)).toEqual(locations);
  });

  test('by a row that is new: nowhere', () => {
    const edit: Edit = {
      act: 'create',
      kind: 'staff',
      value: { ...(catalogue.staff[0] as { id: string }), id: 'new' },
    };
    expect(locationsConcerned(catalogue, edit, prepare(held, edit))).toEqual([]);
  });

  test('by another zone: where people work whose home it is', () => {
    const { edit, prepared } = edited('locations', 'here', { zone: 'Europe/Paris' });
    expect(inNewZone(edit, prepared)).toEqual({ id: 'here', zone: 'Europe/Paris' });
    const same = edited('locations', 'here', { hours: {} });
    expect(inNewZone(same.edit, same.prepared)).toBeUndefined();
    expect([locationsAround(catalogue, 'here'), locationsAround(catalogue, 'there')]).toEqual([
      ['here', 'there'],
      ['there'],
    ]);
  });
});

describe('what is planned anew', () => {
  const journey = (change: (journey: Touchpoint[]) => Touchpoint[]): Catalogue => ({
    ...catalogue,
    journey: change(structuredClone(catalogue.journey)),
  });
  const withOffset = (id: string, offset: string) =>
    journey((steps) => steps.map((step) => (step.id === id ? { ...step, offset } : step)));

  test('nothing, while nothing has changed', () => {
    expect(replanning(catalogue, structuredClone(catalogue))).toBeUndefined();
  });

  test('what changed, what is gone and what is new, no further back than they reach', () => {
    expect(replanning(catalogue, withOffset('reminder', '-P2D'))).toEqual({ touchpoints: ['reminder'], daysBack: 1 });
    expect(replanning(catalogue, withOffset('review', 'P3D'))).toEqual({ touchpoints: ['review'], daysBack: 4 });
    const without = journey((steps) => steps.filter(({ id }) => id !== 'come-back'));
    expect(replanning(catalogue, without)).toEqual({ touchpoints: ['come-back'], daysBack: 43 });
    expect(replanning(without, catalogue)).toEqual({ touchpoints: ['come-back'], daysBack: 43 });
  });

  test('nothing, when touchpoints only change places', () => {
    expect(
      replanning(
        catalogue,
        journey((steps) => steps.reverse()),
      ),
    ).toBeUndefined();
  });

  test('what respects quiet hours, when these change', () => {
    const settings = { ...catalogue.settings, quietHours: { from: '20:00', until: '09:00' } };
    expect(replanning(catalogue, { ...catalogue, settings })?.touchpoints).toEqual(['reminder', 'review', 'come-back']);
  });

  test('what comes after an interval, when one changes, but not when a service is new', () => {
    const longer = catalogue.services.map((service) => ({ ...service, repeatDays: 60 }));
    expect(replanning(catalogue, { ...catalogue, services: longer })).toEqual({
      touchpoints: ['come-back'],
      daysBack: 61,
    });
    const more = [...catalogue.services, { ...(catalogue.services[0] as Catalogue['services'][number]), id: 'new' }];
    expect(replanning(catalogue, { ...catalogue, services: more })).toBeUndefined();
  });
});

describe('pieces of a job', () => {
  const job = {
    id: '0000000000000001',
    why: 'journey',
    at: Date.parse('2026-12-30T12:00:00Z'),
    by: 'a',
    roles: [],
    round: 1,
  };

  test('are the days of each location', () => {
    const days = { locations: ['here', 'there'], from: '2026-12-31', until: '2027-01-01' };
    expect(piecesOf({ ...job, kind: 'replan', days }).map(pieceName)).toEqual([
      'here#2026-12-31',
      'here#2027-01-01',
      'there#2026-12-31',
      'there#2027-01-01',
    ]);
  });

  test('are the offers of each location besides, where all schedules are gone', () => {
    const days = { locations: ['here', 'there'], from: '2026-12-31', until: '2026-12-31' };
    const pieces = piecesOf({ ...job, kind: 'replan', unscheduled: true, days });
    expect(pieces.map(pieceName)).toEqual(['here#offers', 'here#2026-12-31', 'there#offers', 'there#2026-12-31']);
  });

  test('are the appointments to cancel', () => {
    const pieces = piecesOf({ ...job, kind: 'cancel', appointments: ['a', 'b'] });
    expect(pieces).toEqual([
      { kind: 'cancel-touched', jobId: job.id, appointmentId: 'a' },
      { kind: 'cancel-touched', jobId: job.id, appointmentId: 'b' },
    ]);
  });
});

test('values are the same whatever the order of their keys, not of their members', () => {
  expect(same({ a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(same({ a: undefined }, {})).toBe(true);
});
