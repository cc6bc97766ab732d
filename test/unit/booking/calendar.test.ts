import { describe, expect, it } from 'vitest';
import { type CalendarVisit, calendarFile } from '../../../shared/booking/appointments/calendar.ts';
import { languages } from '../../../shared/platform/fields.ts';

const visit: CalendarVisit = {
  appointmentId: 'a1b2c3d4e5f6g7h8',
  sequence: 0,
  status: 'pending',
  startsAt: Date.UTC(2026, 10, 24, 10, 30),
  endsAt: Date.UTC(2026, 10, 24, 12),
  updatedAt: Date.UTC(2026, 10, 22, 9, 0, 7),
  language: 'en',
  business: 'Glow Salon',
  location: { name: 'Riverside', address: '12 Mill Lane, London SE1 2AB' },
  services: ['Cut and blow-dry', 'Colour'],
  sender: 'hello@glow.example',
  manageUrl: 'https://book.glow.example/a/k3v9x2m7q4w8e1r5t6y0u2i9o3p7a1s4',
};

/** Properties by name, unfolded and unescaped. */
const read = (change: Partial<CalendarVisit> = {}): Record<string, string> => {
  const lines = calendarFile([{ ...visit, ...change }])
    .content.replace(/\r\n /g, '')
    .split('\r\n');
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).split(';')[0], line.slice(colon + 1).replace(/\\([,;\\])/g, '$1')];
    }),
  );
};

describe('the calendar file of an appointment', () => {
  it('says what, where and when, in UTC', () => {
    expect(read()).toMatchObject({
      METHOD: 'PUBLISH',
      STATUS: 'CONFIRMED',
      SUMMARY: 'Cut and blow-dry, Colour at Glow Salon',
      LOCATION: 'Riverside, 12 Mill Lane, London SE1 2AB',
      DESCRIPTION: `View, reschedule or cancel: ${visit.manageUrl}`,
      URL: visit.manageUrl,
      DTSTART: '20261124T103000Z',
      DTEND: '20261124T120000Z',
      DTSTAMP: '20261122T090007Z',
      'LAST-MODIFIED': '20261122T090007Z',
    });
  });

  it('keeps its UID and counts up when the appointment moves', () => {
    const moved = read({ sequence: 3, startsAt: visit.startsAt + 3_600_000 });
    expect(moved['UID']).toBe('a1b2c3d4e5f6g7h8@regulars');
    expect(moved['UID']).toBe(read()['UID']);
    expect(read()['SEQUENCE']).toBe('0');
    expect(moved['SEQUENCE']).toBe('3');
  });

  it('takes a cancelled appointment out of the calendar', () => {
    expect(read({ status: 'cancelled', sequence: 1 })).toMatchObject({
      METHOD: 'CANCEL',
      STATUS: 'CANCELLED',
      SEQUENCE: '1',
    });
    expect(calendarFile([{ ...visit, status: 'cancelled' }]).method).toBe('CANCEL');
  });

  it.each(['pending', 'confirmed', 'arrived', 'completed', 'no_show'] as const)(
    'stands for an appointment that is %s',
    (status) => {
      expect(read({ status })).toMatchObject({ METHOD: 'PUBLISH', STATUS: 'CONFIRMED' });
    },
  );

  it('is tentative as long as the business has not approved it', () => {
    expect(read({ isTentative: true })).toMatchObject({ METHOD: 'PUBLISH', STATUS: 'TENTATIVE' });
    expect(read({ isTentative: true, status: 'cancelled' })).toMatchObject({ STATUS: 'CANCELLED' });
  });

  it('has neither method nor organiser where the client fetches it for a calendar of their own', () => {
    const own = read({ sender: undefined });
    expect(own).toMatchObject({ STATUS: 'CONFIRMED', UID: 'a1b2c3d4e5f6g7h8@regulars' });
    expect([own['METHOD'], own['ORGANIZER']]).toEqual([undefined, undefined]);
  });

  it('is the same file for the same appointment', () => {
    expect(calendarFile([visit])).toEqual(calendarFile([visit]));
  });

  it('names the business as its organiser, and no client', () => {
    const { content } = calendarFile([{ ...visit, business: 'Glow; "Salon"' }]);
    expect(content).toContain('ORGANIZER;CN="Glow; ^\'Salon^\'":mailto:hello@glow.example');
    expect(content).not.toContain('ATTENDEE');
  });

  it('escapes texts, but not the link', () => {
    const manageUrl = 'https://book.glow.example/a/k3?x=1,2;3';
    const { content } = calendarFile([{ ...visit, business: 'A, B; C \\ "D"', manageUrl }]);
    const rows = content.replaceAll('\r\n ', '').split('\r\n');
    expect(rows).toContain('SUMMARY:Cut and blow-dry\\, Colour at A\\, B\\; C \\\\ "D"');
    expect(rows).toContain(`URL:${manageUrl}`);
    expect(content.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it.each(languages)('in %s has no line over 75 octets and no split character', (language) => {
    const { content } = calendarFile([
      { ...visit, language, services: ['চুল কাটা ও ব্লো-ড্রাই', 'हेयर कट और ब्लो-ड्राई', 'Окрашивание', '💇‍♀️💅'.repeat(9)] },
    ]);
    expect(content).not.toContain('\ufffd');
    for (const line of content.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
    }
  });

  it('can not be broken out of by a name', () => {
    const evil = 'x\r\nATTENDEE:mailto:a@b.example\nEND:VEVENT;,\\';
    const { content } = calendarFile([
      {
        ...visit,
        business: evil,
        services: [evil],
        location: { name: evil, address: evil },
        sender: `hello@glow.example${evil}`,
      },
    ]);
    const names = content
      .replace(/\r\n /g, '')
      .split('\r\n')
      .map((line) => line.split(/[;:]/)[0]);
    expect(names).not.toContain('ATTENDEE');
    expect(names.filter((name) => name === 'END')).toHaveLength(2);
  });

  describe('of several that belong together', () => {
    const later: CalendarVisit = {
      ...visit,
      appointmentId: 'z9y8x7w6v5u4t3s2',
      sequence: 2,
      startsAt: visit.startsAt + 604_800_000,
      endsAt: visit.endsAt + 604_800_000,
      isTentative: true,
      manageUrl: 'https://book.glow.example/a/another',
    };
    const valuesOf = (content: string, name: string) =>
      content
        .replace(/\r\n /g, '')
        .split('\r\n')
        .flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1)] : []));

    it('has an event each in one calendar, with its own UID, SEQUENCE, state and link', () => {
      const { content, method } = calendarFile([visit, later]);
      expect(method).toBe('PUBLISH');
      const of = (name: string) => valuesOf(content, name);
      expect(of('BEGIN')).toEqual(['VCALENDAR', 'VEVENT', 'VEVENT']);
      expect(of('END')).toEqual(['VEVENT', 'VEVENT', 'VCALENDAR']);
      expect(of('METHOD')).toEqual(['PUBLISH']);
      expect(of('UID')).toEqual(['a1b2c3d4e5f6g7h8@regulars', 'z9y8x7w6v5u4t3s2@regulars']);
      expect(of('SEQUENCE')).toEqual(['0', '2']);
      expect(of('STATUS')).toEqual(['CONFIRMED', 'TENTATIVE']);
      expect(of('URL')).toEqual([visit.manageUrl, later.manageUrl]);
      expect(of('DTSTART')).toEqual(['20261124T103000Z', '20261201T103000Z']);
      expect(content.match(/^ORGANIZER;/gm)).toHaveLength(2);
    });

    it('takes all of them out of the calendar once they are cancelled', () => {
      const { content, method } = calendarFile([
        { ...visit, status: 'cancelled' },
        { ...later, status: 'cancelled' },
      ]);
      expect([method, ...valuesOf(content, 'METHOD')]).toEqual(['CANCEL', 'CANCEL']);
      expect(valuesOf(content, 'STATUS')).toEqual(['CANCELLED', 'CANCELLED']);
    });
  });
});
