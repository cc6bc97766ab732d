import type { Admit, Appointment, Appointments } from '../../booking/appointments/appointments.ts';
import { busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import type { TimeHolder } from '../../booking/day-pages/writes.ts';
import { isSameLesson, type Lesson, lessonIn } from '../../booking/slots/assign.ts';
import { ownerOf } from '../../booking/slots/owner.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { inBatches } from '../../platform/batch.ts';
import { Problem, versionMismatch } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { minute } from '../../platform/time/time.ts';
import { lessonVersion, mustBeChangeable } from './lesson.ts';

/** Everybody who comes to a lesson, and all else that has a place in it. */
export interface Coming {
  appointments: Appointment[];
  /** Forms that are being filled in, and offers. They give way: their holders are told that the time is gone. */
  others: TimeHolder[];
}

const readsAtOnce = 16;

/** Finds who comes to a lesson. */
export const createComing = (deps: { appointments: Pick<Appointments, 'get'>; pages: DiaryPages; now: Clock }) => {
  const { appointments, pages, now } = deps;

  /** As the teacher's own page has it: an index may not know yet who has just booked. */
  const comingTo = async (catalogueIndex: CatalogueIndex, lesson: Lesson): Promise<Coming> => {
    const person = catalogueIndex.person(lesson.staffId);
    if (!person) return { appointments: [], others: [] };
    const owner = ownerOf(catalogueIndex, person);
    const { startsAt } = lesson;
    const read = await pages.read([owner], { from: startsAt, until: startsAt + minute }, true);
    const ids = busyOn(read.get(owner.id) ?? []).flatMap((time) => {
      const place = lessonIn(time);
      return place && isSameLesson(place, lesson) ? [time.id] : [];
    });
    const found = await inBatches(ids, readsAtOnce, async (id) => ({ id, appointment: await appointments.get(id) }));
    return {
      appointments: found.flatMap(({ appointment }) => appointment ?? []),
      others: found.flatMap(({ id, appointment }) => (appointment ? [] : [{ id, occupies: [] }])),
    };
  };

  return {
    comingTo,

    /** Throws not_found, version_mismatch, status_conflict, and what `admit` does for one of them. */
    async need(catalogueIndex: CatalogueIndex, lesson: Lesson, version: string, admit: Admit): Promise<Coming> {
      const coming = await comingTo(catalogueIndex, lesson);
      if (coming.appointments.length === 0) {
        throw new Problem('not_found', { detail: 'Nobody comes to such a lesson.' });
      }
      coming.appointments.forEach(admit);
      mustBeChangeable(coming.appointments, now());
      const present = lessonVersion(coming.appointments);
      if (present !== version) throw versionMismatch(present);
      return coming;
    },
  };
};
