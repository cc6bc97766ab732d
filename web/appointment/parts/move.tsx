import type { Appointment, TimeRefusal } from '../../api.ts';
import type { Week } from '../../booking/week.ts';
import { WeekOfTimes } from '../../booking/week-view.tsx';
import { href, linkPath, type Params } from '../../frame/address.ts';
import { Contacts } from '../../frame/parts/contacts.tsx';
import { Hidden } from '../../frame/parts/hidden.tsx';
import { Icon } from '../../frame/parts/icon.tsx';
import { ProblemNotice } from '../../frame/problem-notice.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { momentWords } from '../../i18n/moment.ts';

interface Props {
  appointment: Appointment;
  token: string;
  /** Goes along in every link and form. */
  carried: Params;
}

const BackToAppointment = ({ token, carried, text }: { token: string; carried: Params; text: string }) => (
  <p class="back">
    <a class="quiet" href={href(linkPath('a', token), carried)}>
      <Icon name="back" />
      {text}
    </a>
  </p>
);

const useMoment = (zone: string) => {
  const visitor = useVisitor();
  return (moment: string) => momentWords(visitor, moment, zone);
};

export const ChooseMove = ({ appointment, token, carried, week }: Props & { week: Week }) => {
  const { words } = useVisitor();
  const momentOf = useMoment(appointment.zone);
  const path = linkPath('a', token, 'move');
  const from = week.days[0]?.date ?? '';
  return (
    <>
      <h1>{words.appointment.moveTitle}</h1>
      <p class="lead">{words.appointment.moveNow(momentOf(appointment.startsAt))}</p>
      <WeekOfTimes
        week={week}
        links={{
          week: (first) => href(path, [['from', first], ...carried]),
          day: (date) => href(path, [['from', from], ['day', date], ...carried]),
          time: (startsAt) => href(path, [['startsAt', startsAt], ...carried]),
        }}
      />
      {!week.open && !week.nextFree && <Contacts places={[appointment.location]} />}
      <BackToAppointment token={token} carried={carried} text={words.appointment.toAppointment} />
    </>
  );
};

export const CheckMove = ({ appointment, token, carried, startsAt }: Props & { startsAt: string }) => {
  const { words, format } = useVisitor();
  const momentOf = useMoment(appointment.zone);
  const says = words.appointment;
  return (
    <>
      <h1>{says.moveCheck}</h1>
      <dl class="from-to">
        <div>
          <dt>{says.moveFrom}</dt>
          <dd>
            <s>{momentOf(appointment.startsAt)}</s>
          </dd>
        </div>
        <div>
          <dt>{says.moveTo}</dt>
          <dd>
            <b>{momentOf(startsAt)}</b>
          </dd>
        </div>
      </dl>
      <p class="fine">{words.timeZone(format.zoneName(startsAt, appointment.zone))}</p>
      <div class="actions">
        <form method="post" action={linkPath('a', token, 'move')}>
          <Hidden values={[['startsAt', startsAt], ...carried]} />
          <button type="submit">{says.moveSend}</button>
        </form>
        <a
          class="button secondary"
          href={href(linkPath('a', token, 'move'), [['from', startsAt.slice(0, 10)], ...carried])}
        >
          {says.otherTime}
        </a>
      </div>
      <BackToAppointment token={token} carried={carried} text={says.keep} />
    </>
  );
};

export const MoveTaken = ({ appointment, token, carried, problem }: Props & { problem: TimeRefusal }) => {
  const { words } = useVisitor();
  const momentOf = useMoment(appointment.zone);
  const nearest = problem.nearest ?? [];
  return (
    <>
      <ProblemNotice problem={problem} />
      <h1>{words.appointment.moveTitle}</h1>
      <p class="lead">{words.appointment.moveNow(momentOf(appointment.startsAt))}</p>
      {nearest.length > 0 && (
        <form method="post" action={linkPath('a', token, 'move')}>
          <h2>{words.book.nearest}</h2>
          <Hidden values={carried} />
          <ul class="plain cards">
            {nearest.map(({ startsAt }) => (
              <li key={startsAt}>
                <button class="secondary wide" type="submit" name="startsAt" value={startsAt}>
                  {words.appointment.moveToMoment(momentOf(startsAt))}
                </button>
              </li>
            ))}
          </ul>
        </form>
      )}
      <p>
        <a class="quiet" href={href(linkPath('a', token, 'move'), carried)}>
          {words.book.otherTimes}
        </a>
      </p>
      <BackToAppointment token={token} carried={carried} text={words.appointment.keep} />
    </>
  );
};
