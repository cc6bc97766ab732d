import { actorIn } from '../audit/audit.ts';
import type { Jobs } from '../background/jobs/progress.ts';
import type { HeldCatalogue } from '../business/editor.ts';
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

const stored = ({ catalogue, versionOf }: HeldCatalogue) => ({
  list: <K extends ListKind>(kind: K) =>
    (catalogue[kind] as { id: string }[]).map((value) => ({ version: versionOf(kind, value.id), value })),
  whole: (kind: 'settings' | 'journey') => ({ version: versionOf(kind, kind), value: catalogue[kind] }),
});

export const settingsBindings = ({ settings, jobs }: { settings: SettingsUseCase; jobs: Jobs<Job> }): Binding[] => {
  const change = (
    context: RequestContext,
    kind: EditKind,
    id: string,
    version: string,
    { value, ...decisions }: Decisions & { value: unknown },
  ) => settings.apply(actorIn(context), { act: 'change', kind, id, value, version }, decisions) as never;

  // The schemas of the routes have parsed the value; here every list is the same.
  const rows = (
    kind: ListKind,
    routes:
      | typeof categoryRoutes
      | typeof staffRoutes
      | typeof serviceRoutes
      | typeof resourceRoutes
      | typeof locationRoutes,
  ): Binding[] => {
    const { create, change: put, retire } = routes as typeof categoryRoutes;
    return [
      bind(
        create,
        ({ body, context }) => settings.apply(actorIn(context), { act: 'create', kind, value: body.value }) as never,
      ),
      bind(put, ({ params, body, ifMatch, context }) => change(context, kind, params.id, ifMatch, body)),
      bind(
        retire,
        ({ params, query, ifMatch, context }) =>
          settings.apply(actorIn(context), { act: 'retire', kind, id: params.id, version: ifMatch }, query) as never,
      ),
    ];
  };

  return [
    bind(getSettings, async () => {
      const { list, whole } = stored(await settings.load());
      const lists = { locations: list('locations'), staff: list('staff'), categories: list('categories') };
      return {
        business: whole('settings'),
        ...lists,
        services: list('services'),
        resources: list('resources'),
        journey: whole('journey'),
      } as never;
    }),
    bind(putBusiness, ({ body, ifMatch, context }) => change(context, 'settings', 'settings', ifMatch, body)),
    bind(putJourney, ({ body, ifMatch, context }) => change(context, 'journey', 'journey', ifMatch, body)),
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
