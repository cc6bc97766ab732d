import { href, linkPath } from '../frame/address.ts';
import { carriedLanguage, linkPage, throwIfLinkFails } from '../frame/link-page.tsx';
import type { Page, PageDeps } from '../frame/page.ts';
import { Hidden } from '../frame/parts/hidden.tsx';
import { Icon } from '../frame/parts/icon.tsx';
import { seeOther } from '../frame/respond.tsx';
import { openAppointment } from './open.ts';
import { Ticket } from './parts/ticket.tsx';
import { refusedView } from './view.tsx';
import { whyNot } from './why-not.ts';

/** GET /a/{token}/cancel: asks, changes nothing. */
export const askCancelPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openAppointment(deps, request);
    const { appointment, token, visitor } = visit;
    if (!appointment.may.cancel) return refusedView(visit, whyNot(appointment, visit.now));
    const says = visitor.words.appointment;
    const carried = carriedLanguage(visit);
    return linkPage({
      visit,
      kind: 'a',
      act: 'cancel',
      title: says.cancelTitle,
      children: (
        <>
          <h1>{says.cancelTitle}</h1>
          <p class="lead">{says.cancelText}</p>
          <Ticket appointment={appointment} now={visit.now} />
          <div class="actions">
            <form method="post" action={linkPath('a', token, 'cancel')}>
              <Hidden values={carried} />
              <button type="submit" class="danger">
                {says.cancelSend}
              </button>
            </form>
            {appointment.may.move && (
              <a class="button secondary" href={href(linkPath('a', token, 'move'), carried)}>
                {says.moveInstead}
              </a>
            )}
          </div>
          <p class="back">
            <a class="quiet" href={href(linkPath('a', token), carried)}>
              <Icon name="back" />
              {says.keep}
            </a>
          </p>
        </>
      ),
    });
  };

/** POST /a/{token}/cancel */
export const cancelPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const token = request.params['token'] ?? '';
    const outcome = await deps.clientFor(request).cancelByLink({ params: { token } });
    if (outcome.ok)
      return seeOther(href(linkPath('a', token), [['done', 'cancelled'], ...carriedLanguage({ request })]));
    throwIfLinkFails(outcome.problem);
    return refusedView(await openAppointment(deps, request), outcome.problem);
  };
