import { actorIn } from '../audit/audit.ts';
import { createAppointments } from '../booking/appointments/appointments.ts';
import { createAppointmentStore } from '../booking/appointments/store.ts';
import { type AppointmentDeps, diaryPages } from '../booking/routes.ts';
import { mustMayOverride } from '../diary/override.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { createOnce } from '../platform/idempotent.ts';
import { createSeriesBook } from './book.ts';
import { createSeriesChange } from './change.ts';
import { bookSeries, cancelSeries, checkSeries, getSeries, moveSeries } from './contract.ts';
import { createSeriesPlacer } from './placement.ts';
import { createSeriesStore } from './store.ts';
import { seriesView } from './view.ts';

export const seriesBindings = (deps: AppointmentDeps): Binding[] => {
  const { table, catalogue } = deps;
  const pages = diaryPages(deps);
  const each = createAppointmentStore(table);
  const shared = { ...deps, store: createSeriesStore(table), pages, placeAll: createSeriesPlacer(pages) };
  const { check, book } = createSeriesBook({ ...shared, appointments: each, once: createOnce(deps) });
  const change = createSeriesChange({ ...shared, each, appointments: createAppointments({ ...deps, pages }) });

  const shown = async (id: string) => {
    const { series, appointments } = await change.whole(id);
    return seriesView(await catalogue.recent(), series, appointments);
  };
  return [
    bind(checkSeries, ({ body }) => check(body)),
    bind(bookSeries, async ({ body, idempotencyKey, context }) => {
      mustMayOverride(body.override, context);
      return shown(await book(actorIn(context), body, idempotencyKey));
    }),
    bind(getSeries, ({ params }) => shown(params.seriesId)),
    bind(cancelSeries, async ({ params, body, context }) => {
      const { series, appointments } = await change.cancel(actorIn(context), params.seriesId, body);
      return seriesView(await catalogue.recent(), series, appointments);
    }),
    bind(moveSeries, ({ params, body, context }) => {
      mustMayOverride(body.override, context);
      return change.move(actorIn(context), params.seriesId, body);
    }),
  ];
};
