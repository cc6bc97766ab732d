import { actorIn } from '../audit/audit.ts';
import type { Admit } from '../booking/appointments/appointments.ts';
import { type AppointmentDeps, ownClientsFor } from '../booking/wiring.ts';
import { mustMayKeepQuiet, mustMayOverride } from '../diary/override.ts';
import {
  type Access,
  maySee,
  mustBeOwnWork,
  mustKnowClient,
  mustMay,
  mustMayOn,
  mustSee,
  mustWorkAt,
} from '../people/access/rules.ts';
import { accessFor } from '../people/wiring.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { bookSeries, cancelSeries, checkSeries, getSeries, moveSeries } from './contract.ts';
import type { Whole } from './reader.ts';
import { seriesView } from './view.ts';
import { seriesFor } from './wiring.ts';

/** The visit that is to be booked again and again. */
type Wanted = { locationId: string; services: readonly { staffId: string }[] };

export const seriesBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue } = deps;
  const { check, book, change } = seriesFor(deps);

  const accessOf = accessFor(deps);
  const isOwnClient = ownClientsFor(deps);

  /** Those of its appointments that whoever asks may see; throws forbidden where there is none. */
  const view = async (access: Access, { series, appointments }: Whole) => {
    const seen = appointments.filter((each) => maySee(access, each));
    const [first] = appointments;
    if (seen.length === 0 && first) mustSee(access, first);
    return seriesView(await catalogue.recent(), series, seen);
  };
  const shown = async (access: Access, id: string) => view(access, await change.whole(id));
  const mustBook = (access: Access, { locationId, services }: Wanted): void => {
    mustMay(access, 'change');
    mustWorkAt(access, locationId);
    mustBeOwnWork(access, services);
  };
  const admitTo = (access: Access): Admit => {
    mustMay(access, 'change');
    return (current) => mustMayOn(access, 'change', current);
  };
  return [
    bind(checkSeries, async ({ body, context }) => {
      mustBook(await accessOf(context), body);
      return check(body);
    }),
    bind(bookSeries, async ({ body, idempotencyKey, context }) => {
      const access = await accessOf(context);
      mustBook(access, body);
      mustMayOverride(body.override, context);
      mustMayKeepQuiet(body.notify, context);
      if (body.clientId) await mustKnowClient(access, body.clientId, isOwnClient);
      return shown(access, await book(actorIn(context), body, idempotencyKey));
    }),
    bind(getSeries, async ({ params, context }) => shown(await accessOf(context), params.seriesId)),
    bind(cancelSeries, async ({ params, body, context }) => {
      mustMayKeepQuiet(body.notify, context);
      const access = await accessOf(context);
      return view(access, await change.cancel(actorIn(context), params.seriesId, body, admitTo(access)));
    }),
    bind(moveSeries, async ({ params, body, context }) => {
      mustMayKeepQuiet(body.notify, context);
      mustMayOverride(body.override, context);
      const access = await accessOf(context);
      if (body.services) mustBeOwnWork(access, body.services);
      return change.move(actorIn(context), params.seriesId, body, admitTo(access));
    }),
  ];
};
