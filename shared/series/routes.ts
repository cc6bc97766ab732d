import { actorIn } from '../audit/audit.ts';
import type { AppointmentDeps } from '../booking/wiring.ts';
import { mustMayOverride } from '../diary/override.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { bookSeries, cancelSeries, checkSeries, getSeries, moveSeries } from './contract.ts';
import { seriesView } from './view.ts';
import { seriesFor } from './wiring.ts';

export const seriesBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue } = deps;
  const { check, book, change } = seriesFor(deps);

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
