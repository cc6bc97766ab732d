import type { Actor } from '../../audit/audit.ts';
import type { Admit, Appointment, Appointments } from '../../booking/appointments/appointments.ts';
import type { DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../booking/day-pages/writes.ts';
import type { Lesson } from '../../booking/slots/assign.ts';
import { ownerOf } from '../../booking/slots/owner.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Idempotent } from '../../platform/idempotent.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { blockedTime, daysOfBlock } from '../blocks/holder.ts';
import type { Block, BlockStore } from '../blocks/store.ts';
import type { Notify } from '../override.ts';
import { type AskedLesson, endOf, saved } from './change.ts';
import { createComing } from './coming.ts';
import { lessonBehind } from './lesson.ts';
import type { Group } from './list.ts';
import type { Recording } from './recording.ts';

/**
 * Cancels a lesson for all who come. `block` keeps the teacher's time from being booked anew, or offered to who waits.
 * `view` makes the answer. Throws not_found, version_mismatch, status_conflict, unprocessable, idempotency_mismatch, busy,
 * and what `admit` does.
 */
export const createLessonCancel = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'cancelled' | 'unrecorded'>;
  pages: DiaryPages;
  blocks: Pick<BlockStore, 'put'>;
  recorded: Recording;
  idempotent: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, appointments, pages, blocks, recorded, idempotent, now, random } = deps;
  const { need } = createComing(deps);

  /** The block in place of the lesson, with what it takes and its items. */
  const blockFor = (catalogueIndex: CatalogueIndex, by: Actor, lesson: Lesson, coming: readonly Appointment[]) => {
    const person = catalogueIndex.person(lesson.staffId);
    if (!person) return undefined;
    const owner = ownerOf(catalogueIndex, person);
    const span = { from: lesson.startsAt, until: endOf(coming) };
    const block: Block = {
      ...{ id: newId(random), staffId: person.id, ...span, zone: owner.zone },
      ...{ by: by.id, at: now() },
    };
    const days = daysOfBlock(catalogueIndex, block, person.locations);
    return { id: block.id, holder: blockedTime(block, owner), items: days.map((day) => blocks.put(block, day)) };
  };

  return async <T>(
    by: Actor,
    { lessonId, version, idempotencyKey }: AskedLesson,
    input: { block: boolean; notify?: Notify },
    admit: Admit,
    view: (catalogueIndex: CatalogueIndex, lesson: Group, blockId: string | undefined) => T,
  ): Promise<T> => {
    const catalogueIndex = await catalogue.current();
    return idempotent(idempotencyKey, ['lesson.cancel', lessonId, input], async () => {
      const lesson = lessonBehind(lessonId);
      const { appointments: coming, others } = await need(catalogueIndex, lesson, version, admit);
      const cancelled = coming.map((from) => ({
        from,
        to: appointments.cancelled(from, by, false, input.notify === 'no'),
      }));
      const block = input.block ? blockFor(catalogueIndex, by, lesson, coming) : undefined;
      const taking = block ? [block.holder] : [];
      const read = await pagesOf(
        pages,
        [...coming, ...taking].flatMap(({ occupies }) => occupies),
      );
      const act = {
        ...{ name: 'cancelled' as const, event: 'appointment.cancelled', lessonId },
        details: { ...(block ? { block: block.id } : {}), ...(input.notify === 'no' ? { notify: 'no' } : {}) },
      };
      const writes = recorded(by, now(), act, cancelled, [
        ...cancelled.map(({ to }) => appointments.unrecorded.replace(to)),
        ...diaryWrites(pages, read, [...coming, ...others], taking),
        ...(block?.items ?? []),
      ]);
      const after: Group = {
        ...{ serviceId: lesson.serviceId, staffId: lesson.staffId, from: lesson.startsAt },
        ...{ until: endOf(coming), appointments: cancelled.map(({ to }) => saved(to)) },
      };
      return { answer: view(catalogueIndex, after, block?.id), writes };
    });
  };
};
