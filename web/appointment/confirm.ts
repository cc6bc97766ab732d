import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps } from '../frame/page.ts';
import { seeOther } from '../frame/respond.tsx';
import { openAppointment } from './open.ts';
import { refusedView } from './view.tsx';

/** POST /a/{token}/confirm */
export const confirmPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const token = request.params['token'] ?? '';
    const outcome = await deps.clientFor(request).confirmByLink({ params: { token } });
    if (outcome.ok)
      return seeOther(href(linkPath('a', token), [['done', 'confirmed'], ...carriedLanguage({ request })]));
    throwIfLinkFails(outcome.problem);
    return refusedView(await openAppointment(deps, request), outcome.problem);
  };
