import { randomUUID } from 'node:crypto';
import type { AppointmentDeps } from '../../shared/booking/wiring.ts';
import { lessonIdOf, lessonOf, lessonVersion } from '../../shared/diary/lessons/lesson.ts';
import { frontDeskFor } from '../../shared/diary/wiring.ts';
import { once } from '../../shared/platform/memo.ts';
import { addDays, isoUtc, localDate, minute, mondayOf } from '../../shared/platform/time/time.ts';
import type { Placeholders } from './placeholder-types.ts';

const zone = 'America/New_York';

/** Weeks from this one on, each for one sample: what one does to its lesson is not in another's way. */
export const createLessonWeeks = () => {
  let week = 4;
  return () => {
    week += 1;
    return week;
  };
};

/** A lesson to which one client comes, made for one sample alone. `week`: how many weeks from this one on. */
export const lessonPlaceholders = (deps: AppointmentDeps, phone: () => string, week: () => number): Placeholders => {
  const { desk, appointments } = frontDeskFor(deps);
  const booked = once(async () => {
    const wednesday = addDays(mondayOf(localDate(deps.now(), zone)), 7 * week() + 2);
    const input = {
      ...{ locationId: 'brooklyn', startsAt: `${wednesday}T18:00`, seats: 1, consents: [] },
      services: [{ serviceId: 'styling-class', staffId: 'marco' }],
      client: { firstName: 'Nadia', phone: phone(), language: 'en' as const },
    };
    const { id } = await desk.book({ id: 'staff', roles: ['owner'] }, input, randomUUID(), (_, one) => ({
      id: one.id,
    }));
    return appointments.need(id);
  });
  return {
    lessonId: async () => {
      const lesson = lessonOf(await booked());
      return lesson ? lessonIdOf(lesson) : '';
    },
    lessonVersion: async () => lessonVersion([await booked()]),
    lessonEarlier: async () => isoUtc((await booked()).startsAt - 15 * minute),
  };
};
