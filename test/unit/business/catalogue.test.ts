import { describe, expect, it } from 'vitest';
import { demoCatalogue } from '../../../infra/local/demo.ts';
import { type CatalogueFile, catalogueSchema } from '../../../shared/business/catalogue.ts';
import { CatalogueInvalid } from '../../../shared/business/invalid.ts';
import { parseCatalogue } from '../../../shared/settings/seed.ts';

const file = (): CatalogueFile => ({
  settings: { name: 'Here', languages: ['en'], currency: 'GBP', country: 'GB' },
  locations: [
    {
      id: 'here',
      name: 'Here',
      zone: 'Europe/London',
      address: '1 High Street',
      manager: { email: 'manager@here.example', language: 'en' },
      hours: { mon: [{ from: '09:00', until: '24:00' }] },
    },
  ],
  staff: [{ id: 'ana', name: 'Ana', locations: ['here'], skills: ['cut'] }],
  categories: [{ id: 'hair', name: { en: 'Hair' } }],
  services: [
    { id: 'cut', name: { en: 'Cut' }, category: 'hair', durationMinutes: 30, price: { amount: 1, currency: 'GBP' } },
  ],
});

/** The faults of the file after one value is put at one path. */
const faultsWith = (path: string, value: unknown): readonly string[] => {
  const changed = structuredClone(file()) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>((at, key) => {
    at[key] ??= {};
    return at[key] as Record<string, unknown>;
  }, changed);
  parent[last] = value;
  try {
    parseCatalogue(JSON.stringify(changed));
    return [];
  } catch (error) {
    if (error instanceof CatalogueInvalid) return error.faults;
    throw error;
  }
};

describe('the file of a business', () => {
  it('needs little: the rest has sensible defaults', () => {
    const catalogue = parseCatalogue(JSON.stringify(file()));
    expect(catalogue.settings.booking).toEqual({
      stepMinutes: 15,
      earliestNoticeMinutes: 60,
      horizonDays: 90,
      cutOffMinutes: 720,
      movesOnline: 5,
      holdMinutes: 5,
      maxVisitMinutes: 240,
    });
    expect(catalogue.settings.publicLimits).toEqual({
      perHour: 35,
      perDay: 240,
      slowPerHour: 15,
      ipv4Factor: 10,
      perTokenPerMinute: 10,
      perTokenPerHour: 30,
      perTokenPerDay: 100,
      openUnproven: 2,
    });
    expect(catalogue.settings.publicForms).toEqual({
      perAddressPerMinute: 12,
      openPerClient: 10,
      holdsPerAddress: 4,
      minimumSeconds: 2,
    });
    expect(catalogue.journey.map(({ id }) => id)).toEqual([
      'confirmation',
      'reminder',
      'moved',
      'cancelled',
      'review',
      'come-back',
    ]);
    expect(catalogue.staff[0]).toMatchObject({ hours: {}, daysOff: [] });
  });

  it('of the demo salon is as the product’s own rules want it', async () => {
    expect(catalogueSchema.safeParse(await demoCatalogue()).success).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ['locations.0.zone', 'Europe/Atlantis', 'locations.0.zone: must be an IANA time zone'],
    ['locations.0.hours.mon.0.from', '9:00', 'locations.0.hours.mon.0.from: must be a time as HH:MM'],
    ['locations.0.hours.mon.0.until', '24:30', 'locations.0.hours.mon.0.until: must be a time as HH:MM'],
    ['locations.0.hours.funday', [], 'locations.0.hours'],
    ['locations.0.holidays', [{ date: '2027-02-29', name: 'x' }], 'locations.0.holidays.0.date: must be a date'],
    [
      'locations.0.manager.email',
      'manager',
      'locations.0.manager.email: must be an e-mail address such as name@example.com, with letters of the Latin alphabet before the @',
    ],
    ['locations.0.publicReviewUrl', 'javascript:alert(1)', 'locations.0.publicReviewUrl'],
    ['locations.0.name', ' \n ', 'locations.0.name: must not be empty'],
    ['locations', [], 'locations'],
    ['staff.0.id', 'Ana Maria', 'staff.0.id: must be 1 to 40 of a-z, 0-9 and -'],
    ['staff.0.id', 'anyone', 'staff.0.id'],
    ['staff.0.locations', ['nowhere'], 'staff.0.locations.0: there is no location nowhere; known: here'],
    ['staff.0.skills', ['cut', 'dance'], 'staff.0.skills.1: there is no service dance; known: cut'],
    ['staff.0.hours', { nowhere: {} }, 'staff.0.hours.nowhere: there is no location of this person nowhere'],
    ['staff.0.daysOff', [{ from: '2026-12-02', until: '2026-12-01' }], 'staff.0.daysOff.0.until: must not be before'],
    ['services.0.durationMinutes', 0, 'services.0.durationMinutes'],
    ['services.0.durationMinutes', '30', 'services.0.durationMinutes'],
    ['services.0.price.currency', 'USD', "services.0.price.currency: must be GBP, the business's currency"],
    ['services.0.price.amount', 10.5, 'services.0.price.amount'],
    ['services.0.category', 'nails', 'services.0.category: there is no category nails; known: hair'],
    ['services.0.locations', ['nowhere'], 'services.0.locations.0: there is no location nowhere'],
    ['services.0.name', {}, 'services.0.name: must have a text in at least one language'],
    ['settings.booking.stepMinutes', 7, 'settings.booking.stepMinutes'],
    ['settings.currency', 'pounds', 'settings.currency: must be an ISO 4217 code'],
    ['settings.languages', [], 'settings.languages'],
    [
      'journey.0',
      {
        id: 'x',
        template: 'come-back',
        anchor: 'last-visit',
        offset: 'repeat',
        channels: ['email'],
        purpose: 'service',
      },
      'journey',
    ],
    [
      'services.0.timetable',
      [{ location: 'here', staff: 'ana', weekday: 'mon', time: '24:00' }],
      'services.0.timetable.0.time: must be before the end of the day',
    ],
    [
      'journey',
      [
        {
          id: 'x',
          template: 'reminder',
          anchor: 'start',
          offset: 'P9999999Y',
          channels: ['email'],
          purpose: 'service',
        },
      ],
      'journey.0.offset',
    ],
  ])('with %s as %j is refused by name', (path, value, message) => {
    const faults = faultsWith(path, value);
    expect(
      faults.some((fault) => fault.startsWith(message)),
      faults.join('\n'),
    ).toBe(true);
  });

  it('with an id twice is refused', () => {
    const { staff } = file();
    expect(faultsWith('staff', [...staff, ...staff])).toEqual(['staff: has an id twice']);
  });

  it('names every fault, not only the first', () => {
    const faults = faultsWith('staff', [
      { id: 'ana', name: 'Ana', locations: ['nowhere'], skills: ['dance'] },
      { id: 'bea', name: 'Bea', locations: ['here'], skills: ['sing'] },
    ]);
    expect(faults).toHaveLength(3);
  });

  it('that is not JSON is refused in words', () => {
    expect(() => parseCatalogue('{ "settings": ')).toThrow(/it is not JSON/);
    expect(() => parseCatalogue('[]')).toThrow(/\(file\)/);
  });
});
