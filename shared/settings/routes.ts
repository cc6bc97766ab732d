import { actorIn } from '../audit/audit.ts';
import type { Jobs } from '../background/jobs/progress.ts';
import type { HeldCatalogue } from '../business/editor.ts';
import type { RouteContract } from '../platform/http/contract.ts';
import { type Binding, bind, type RequestContext } from '../platform/http/server.ts';
import {
  categoryRoutes,
  getJob,
  getSettings,
  locationRoutes,
  putBusiness,
  putJourney,
  resourceRoutes,
  resumeJob,
  serviceRoutes,
  staffRoutes,
  stopJob,
} from './contract.ts';
import type { Job } from './jobs/job.ts';
import type { Decisions, EditKind, ListKind } from './rules.ts';
import type { SettingsUseCase } from './settings.ts';

/** Every row of a list with its version. */
const versioned =
  ({ versionOf }: HeldCatalogue) =>
  <T extends { id: string }>(kind: ListKind, rows: readonly T[]) =>
    rows.map((value) => ({ version: versionOf(kind, value.id), value }));

/** Request to a route of settings; its schemas have parsed it, and parse what is answered. */
interface Asked {
  params: { id: string };
  query: Decisions;
  body: Decisions & { value: unknown };
  ifMatch: string;
  context: RequestContext;
}

/** Binds a contract where one use case serves several, whose values only their schemas tell apart. */
const bindAlike = <A = Asked>(contract: RouteContract, handle: (asked: A) => Promise<unknown>): Binding => ({
  contract,
  handle,
});

type RowRoutes = Record<'create' | 'change' | 'retire', RouteContract>;

export const settingsBindings = ({ settings, jobs }: { settings: SettingsUseCase; jobs: Jobs<Job> }): Binding[] => {
  const change = (kind: EditKind, id: string, { body: { value, ...decisions }, ifMatch, context }: Asked) =>
    settings.apply(actorIn(context), { act: 'change', kind, id, value, version: ifMatch }, decisions);

  const rows = (kind: ListKind, routes: RowRoutes): Binding[] => [
    bindAlike(routes.create, ({ body, context }: Asked & { body: { value: { id: string } } }) =>
      settings.apply(actorIn(context), { act: 'create', kind, value: body.value }),
    ),
    bindAlike(routes.change, (asked) => change(kind, asked.params.id, asked)),
    bindAlike(routes.retire, ({ params, query, ifMatch, context }) =>
      settings.apply(actorIn(context), { act: 'retire', kind, id: params.id, version: ifMatch }, query),
    ),
  ];

  return [
    bind(getSettings, async () => {
      const held = await settings.load();
      const { catalogue, versionOf } = held;
      const list = versioned(held);
      return {
        business: { version: versionOf('settings', 'settings'), value: catalogue.settings },
        locations: list('locations', catalogue.locations),
        staff: list('staff', catalogue.staff),
        categories: list('categories', catalogue.categories),
        services: list('services', catalogue.services),
        resources: list('resources', catalogue.resources),
        journey: { version: versionOf('journey', 'journey'), value: catalogue.journey },
      };
    }),
    bindAlike(putBusiness, (asked) => change('settings', 'settings', asked)),
    bindAlike(putJourney, (asked) => change('journey', 'journey', asked)),
    ...rows('locations', locationRoutes),
    ...rows('staff', staffRoutes),
    ...rows('categories', categoryRoutes),
    ...rows('services', serviceRoutes),
    ...rows('resources', resourceRoutes),
    bind(getJob, ({ params }) => jobs.progress(params.jobId)),
    bind(resumeJob, ({ params, context }) => jobs.resume(actorIn(context), params.jobId)),
    bind(stopJob, ({ params, context }) => jobs.stop(actorIn(context), params.jobId)),
  ];
};
