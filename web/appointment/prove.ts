import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps, PageRequest } from '../frame/page.ts';
import { seeOther } from '../frame/respond.tsx';
import type { Act } from './done.ts';
import { openAppointment } from './open.ts';
import { refusedView } from './view.tsx';

const sayYes =
  (act: 'proveByLink' | 'agreeByLink', done: Act) =>
  (deps: PageDeps): Page =>
  async (request: PageRequest) => {
    const token = request.params['token'] ?? '';
    const outcome = await deps.clientFor(request)[act]({ params: { token } });
    if (outcome.ok) return seeOther(href(linkPath('a', token), [['done', done], ...carriedLanguage({ request })]));
    throwIfLinkFails(outcome.problem);
    return refusedView(await openAppointment(deps, request), outcome.problem);
  };

/** POST /a/{token}/prove */
export const provePage = sayYes('proveByLink', 'proven');

/** POST /a/{token}/agree */
export const agreePage = sayYes('agreeByLink', 'agreed');
