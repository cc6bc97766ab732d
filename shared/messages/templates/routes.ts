import { actorIn } from '../../audit/audit.ts';
import { type Binding, bind } from '../../platform/http/server.ts';
import { deleteTemplate, listTemplates, previewTemplate, putTemplate } from '../contract.ts';
import { createOwnTemplates } from './own.ts';

/** Templates in the hands of the business. */
export const templateBindings = (deps: Parameters<typeof createOwnTemplates>[0]): Binding[] => {
  const own = createOwnTemplates(deps);
  return [
    bind(listTemplates, own.list),
    bind(putTemplate, ({ params: { template, language }, body, ifMatch, context }) =>
      own.put(actorIn(context), template, language, body, ifMatch),
    ),
    bind(deleteTemplate, ({ params: { template, language }, ifMatch, context }) =>
      own.remove(actorIn(context), template, language, ifMatch),
    ),
    bind(previewTemplate, ({ body: { template, language, ...words } }) => own.preview(template, language, words)),
  ];
};
