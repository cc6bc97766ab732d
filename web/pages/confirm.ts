import { href, linkPath } from '../address.ts';
import { openAppointment } from '../appointment/open.ts';
import { refusedView } from '../appointment/view.tsx';
import { carriedLanguage, throwIfLinkFails } from '../link-page.tsx';
import type { Page, PageDeps } from '../page.ts';
import { seeOther } from '../respond.tsx';

/** POST /a/{token}/confirm */
export const confirmPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const token = request.params.token ?? '';
    const outcome = await deps.clientFor(request).confirmByLink({ params: { token } });
    if (outcome.ok)
      return seeOther(href(linkPath('a', token), [['done', 'confirmed'], ...carriedLanguage({ request })]));
    throwIfLinkFails(outcome.problem);
    return refusedView(await openAppointment(deps, request), outcome.problem);
  };
