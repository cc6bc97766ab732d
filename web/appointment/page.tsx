import type { Appointment } from '../api.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { Notice } from '../frame/parts/notice.tsx';
import type { Visitor } from '../frame/visitor.ts';
import { momentWords } from '../i18n/moment.ts';
import { type Act, doneAct } from './done.ts';
import { openAppointment } from './open.ts';
import { appointmentView } from './view.tsx';

const doneWords = (visitor: Visitor, act: Act, { startsAt, zone, awaiting }: Appointment): string => {
  const { done } = visitor.words.appointment;
  if (act === 'booked' && awaiting) return done.asked;
  return act === 'moved' ? done.moved(momentWords(visitor, startsAt, zone)) : done[act];
};

/** GET /a/{token} */
export const appointmentPage =
  (deps: PageDeps): Page =>
  async (request) => {
    const visit = await openAppointment(deps, request);
    const act = doneAct(visit.appointment, request.query);
    const { sentTo } = visit.appointment;
    const says = visit.visitor.words.appointment;
    return appointmentView(visit, {
      isJustBooked: act === 'booked',
      notice: act && (
        <Notice kind="done" title={doneWords(visit.visitor, act, visit.appointment)}>
          {act === 'booked' && sentTo && (
            <>
              <p>{says.sentTo(<bdi>{sentTo.address}</bdi>)}</p>
              {/* Whoever has booked by now holds a link that proves nothing; the one in the message does. */}
              <p class="fine">
                {says.bookedHint} {says.stopped.hint}
              </p>
            </>
          )}
        </Notice>
      ),
    });
  };
