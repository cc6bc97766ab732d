import type { Actor } from '../../audit/audit.ts';
import type { Admit, Appointment, Appointments } from '../../booking/appointments/appointments.ts';
import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import { type Allocator, momentOf, type Placement } from '../../booking/placement/placement.ts';
import { isSameLesson, type Lesson } from '../../booking/slots/assign.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Idempotent } from '../../platform/idempotent.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { isoUtc } from '../../platform/time/time.ts';
import { createComing } from './coming.ts';
import { isComing, lessonBehind } from './lesson.ts';
import type { Group } from './list.ts';
import { createPlaceAll, type LessonChange, movedWithAll, requestForAll, resourcesOf } from './placement.ts';
import type { Recording } from './recording.ts';

/** A lesson as whoever asks has read it, and the key of the request. */
export interface AskedLesson {
  lessonId: string;
  version: string;
  idempotencyKey: string;
}

/** With its version as it will be. */
export const saved = (appointment: Appointment): Appointment => ({ ...appointment, version: appointment.version + 1 });

export const endOf = (appointments: readonly Appointment[]): number =>
  Math.max(...appointments.map(({ endsAt }) => endsAt));

/** Whether all of them are in these rooms already. */
const isThere = (coming: readonly Appointment[], { assignments: [assigned] }: Placement): boolean => {
  const rooms = (assigned?.resources ?? []).map(({ id }) => id).join(' ');
  return coming.every((each) => resourcesOf(each).join(' ') === rooms);
};

const actOf = (lessonId: string, before: Lesson, after: Lesson, { override, notify }: LessonChange) => ({
  ...{ name: 'changed' as const, lessonId },
  event: after.startsAt === before.startsAt ? 'appointment.changed' : 'appointment.moved',
  details: {
    ...{ staff: after.staffId, startsAt: isoUtc(after.startsAt) },
    ...(override ? { override: 'hours' } : {}),
    ...(notify === 'no' ? { notify } : {}),
  },
});

/**
 * Gives a lesson another teacher, room or time, for all who come or for none. `view` makes the answer. Throws not_found,
 * version_mismatch, status_conflict, time_taken with what is in the way, time_unavailable, unprocessable,
 * idempotency_mismatch, busy, and what `admit` does.
 */
export const createLessonChange = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'unrecorded'>;
  pages: DiaryPages;
  place: Allocator;
  recorded: Recording;
  idempotent: Idempotent;
  now: Clock;
}) => {
  const { catalogue, appointments, pages, recorded, idempotent, now } = deps;
  const { comingTo, need } = createComing(deps);
  const placeAll = createPlaceAll(deps);

  return async <T>(
    by: Actor,
    { lessonId, version, idempotencyKey }: AskedLesson,
    input: LessonChange,
    admit: Admit,
    view: (catalogueIndex: CatalogueIndex, lesson: Group) => T,
  ): Promise<T> => {
    const catalogueIndex = await catalogue.current();
    return idempotent(idempotencyKey, ['lesson.change', lessonId, input], async () => {
      const lesson = lessonBehind(lessonId);
      const { appointments: coming, others } = await need(catalogueIndex, lesson, version, admit);
      const request = requestForAll(catalogueIndex, lesson, coming, input);
      const startsAt = input.startsAt === undefined ? lesson.startsAt : momentOf(input.startsAt, request.location.zone);
      const leaving = [...coming, ...others].map(({ id }) => id);
      const placement = await placeAll(catalogueIndex, request, startsAt, leaving, input.override);
      const next: Lesson = { ...lesson, staffId: placement.assignments[0]?.person.id ?? lesson.staffId, startsAt };
      const viewOf = (all: readonly Appointment[]) =>
        view(catalogueIndex, {
          ...{ serviceId: next.serviceId, staffId: next.staffId, from: startsAt },
          ...{ until: endOf(all), appointments: all },
        });
      const isSame = isSameLesson(next, lesson);
      if (isSame && isThere(coming, placement)) return { answer: viewOf(coming), writes: [] };

      const at = now();
      const circumstances = { at, by: by.id, silent: input.notify === 'no', ...catalogueIndex.settings.noShows };
      const moves = coming.map((from) => movedWithAll(from, request, placement, circumstances));
      const tos = moves.map(({ to }) => to);
      const met = isSame ? [] : (await comingTo(catalogueIndex, next)).appointments.filter(isComing);
      const times = coming.flatMap(({ occupies }) => occupies);
      const read = await pagesOf(pages, times, placement.pages);
      const writes = recorded(by, at, actOf(lessonId, lesson, next, input), moves, [
        ...tos.map(appointments.unrecorded.replace),
        ...diaryWrites(pages, read, [...coming, ...others], tos),
      ]);
      return { answer: viewOf([...tos.map(saved), ...met]), writes };
    });
  };
};
