import { actorIn } from '../audit/audit.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { isoUtc } from '../platform/time/time.ts';
import { create__Pascal__, list__Pascal__ } from './contract.ts';
import { shownTitle } from './rules.ts';
import { view } from './view.ts';
import { type __Pascal__Deps, __camel__For } from './wiring.ts';

export const __camel__Bindings = (deps: __Pascal__Deps): Binding[] => {
  const { create, ofMonth } = __camel__For(deps);
  return [
    bind(create__Pascal__, ({ body, idempotencyKey, context }) => create(actorIn(context), body, idempotencyKey)),
    bind(list__Pascal__, async ({ query: { month = isoUtc(deps.now()).slice(0, 7) } }) => ({
      __camel__: (await ofMonth(month)).map((record) => view({ ...record, title: shownTitle(record.title) })),
    })),
  ];
};
