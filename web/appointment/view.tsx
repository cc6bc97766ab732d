import type { ComponentChildren } from 'preact';
import type { ProblemBody } from '../../shared/platform/http/contract.ts';
import type { Appointment } from '../api.ts';
import { carriedLanguage, linkPage } from '../frame/link-page.tsx';
import type { PageResponse } from '../frame/page.ts';
import { Contacts } from '../frame/parts/contacts.tsx';
import { ProblemNotice } from '../frame/problem-notice.tsx';
import type { Visitor } from '../frame/visitor.ts';
import type { Words } from '../i18n/index.ts';
import { momentWords } from '../i18n/moment.ts';
import type { AppointmentVisit } from './open.ts';
import { Actions } from './parts/actions.tsx';
import { AskAddress, AskNews } from './parts/ask-address.tsx';
import { Series } from './parts/series.tsx';
import { Stopped } from './parts/stopped.tsx';
import { Ticket } from './parts/ticket.tsx';
import { stageOf } from './stage.ts';

/** The policy wants an answer by some time, or the reminder has asked for one. */
const asksNow = ({ appointment: { may, confirmBy }, request }: AppointmentVisit): boolean =>
  may.confirm && (confirmBy !== undefined || request.query.has('confirm'));

const sayOf = (visit: AppointmentVisit, words: Words): string => {
  const { appointment, now } = visit;
  const { says } = words.appointment;
  if (stageOf(appointment, now) === 'past') return says.past;
  if (appointment.awaiting) return words.appointment.awaiting;
  // With a deadline, the sentence that names it asks.
  if (asksNow(visit) && !appointment.confirmBy) return says.pendingAsk;
  return says[appointment.status];
};

/** Conditions of the visit. */
const Conditions = ({ appointment, visitor }: { appointment: Appointment; visitor: Visitor }) => {
  const { words } = visitor;
  const { confirmBy, zone, status, awaiting } = appointment;
  const waits = (status === 'pending' || status === 'confirmed') && !awaiting && confirmBy;
  return (
    <>
      {waits && (
        <p>
          <strong>{words.appointment.confirmBy(momentWords(visitor, confirmBy, zone))}</strong>
        </p>
      )}
    </>
  );
};

interface View {
  notice?: ComponentChildren;
  isJustBooked?: boolean;
  status?: number;
  faulty?: boolean;
}

/** The appointment as it stands, under whatever there is to say first. */
export const appointmentView = (
  visit: AppointmentVisit,
  { notice, isJustBooked = false, status, faulty }: View = {},
): PageResponse => {
  const { appointment, visitor, token, now } = visit;
  const { words } = visitor;
  return linkPage({
    visit,
    kind: 'a',
    title: words.appointment.title,
    ...(faulty && { faulty }),
    ...(status && { status }),
    children: (
      <>
        {notice}
        <p class="hello">{words.appointment.hello(<bdi>{appointment.firstName}</bdi>)}</p>
        <h1>{words.appointment.title}</h1>
        <p class="lead">{sayOf(visit, words)}</p>
        <Conditions appointment={appointment} visitor={visitor} />
        <Stopped address={appointment.address} text={words.appointment.stopped.text} carried={carriedLanguage(visit)} />
        <Ticket appointment={appointment} now={now} />
        <Actions
          appointment={appointment}
          token={token}
          business={visit.business.name}
          carried={carriedLanguage(visit)}
          now={now}
          asks={asksNow(visit)}
          isJustBooked={isJustBooked}
        />
        <Series appointment={appointment} carried={carriedLanguage(visit)} />
        <AskNews appointment={appointment} token={token} carried={carriedLanguage(visit)} />
        <AskAddress appointment={appointment} token={token} carried={carriedLanguage(visit)} />
      </>
    ),
  });
};

/** Says that what was pressed did not happen, and shows what is. */
export const refusedView = (visit: AppointmentVisit, problem: ProblemBody): PageResponse =>
  appointmentView(visit, {
    faulty: true,
    status: problem.status,
    notice: (
      <ProblemNotice problem={problem}>
        <Contacts places={[visit.appointment.location]} />
      </ProblemNotice>
    ),
  });
