import { actorIn } from '../../audit/audit.ts';
import { type AppointmentDeps, appointmentsFor } from '../../booking/wiring.ts';
import { type Access, mustBeOwnWork, mustMay, mustMayOn, mustWorkAt } from '../../people/access/rules.ts';
import { accessFor } from '../../people/wiring.ts';
import { type Binding, bind } from '../../platform/http/server.ts';
import { mustMayKeepQuiet, mustMayOverride } from '../override.ts';
import { lessonActsFor } from '../wiring.ts';
import { cancelLesson, changeLesson, listLessons } from './contract.ts';
import { lessonBehind } from './lesson.ts';
import { lessonsOf, lessonView } from './list.ts';

/** Group lessons: who comes, and what is done to one as a whole. */
export const lessonBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue } = deps;
  const appointments = appointmentsFor(deps);
  const { change, cancel } = lessonActsFor(deps);
  const accessOf = accessFor(deps);

  /** Throws forbidden where whoever asks may change no lesson there. */
  const mustChange = (access: Access, lessonId: string) => {
    const { locationId, staffId } = lessonBehind(lessonId);
    mustMay(access, 'change');
    mustMayOn(access, 'change', { locationId, services: [{ staffId }] });
    return { locationId, staffId };
  };

  return [
    bind(listLessons, async ({ query: { locationId, date }, context }) => {
      const access = await accessOf(context);
      const catalogueIndex = await catalogue.recent();
      const location = catalogueIndex.needLocation(locationId, 'locationId');
      mustWorkAt(access, locationId);
      const day = await appointments.ofDay(locationId, date);
      return { zone: location.zone, lessons: lessonsOf(access, catalogueIndex, location, date, day) };
    }),
    bind(changeLesson, async ({ params: { lessonId }, body, ifMatch, idempotencyKey, context }) => {
      mustMayOverride(body.override, context);
      mustMayKeepQuiet(body.notify, context);
      const access = await accessOf(context);
      const { locationId, staffId } = mustChange(access, lessonId);
      if (body.staffId) mustBeOwnWork(access, [{ staffId: body.staffId }], [staffId]);
      const asked = { lessonId, version: ifMatch, idempotencyKey };
      return change(
        actorIn(context),
        asked,
        body,
        (current) => mustMayOn(access, 'change', current),
        (catalogueIndex, lesson) =>
          lessonView(access, catalogueIndex, catalogueIndex.needLocation(locationId, 'lessonId'), lesson),
      );
    }),
    bind(cancelLesson, async ({ params: { lessonId }, body, ifMatch, idempotencyKey, context }) => {
      mustMayKeepQuiet(body.notify, context);
      const access = await accessOf(context);
      const { locationId } = mustChange(access, lessonId);
      const asked = { lessonId, version: ifMatch, idempotencyKey };
      return cancel(
        actorIn(context),
        asked,
        body,
        (current) => mustMayOn(access, 'change', current),
        (catalogueIndex, lesson, blockId) => ({
          ...lessonView(access, catalogueIndex, catalogueIndex.needLocation(locationId, 'lessonId'), lesson),
          blockId,
        }),
      );
    }),
  ];
};
