import type { Appointment } from '../../api.ts';
import { linkPath } from '../../frame/address.ts';
import { Icon } from '../../frame/parts/icon.tsx';
import { useVisitor } from '../../frame/visitor.ts';

interface Props {
  appointment: Appointment;
  token: string;
  business: string;
  /** Adding it is what there is to do now. */
  isFirst: boolean;
}

/** `20261124T150000Z`. */
const compact = (moment: string): string => new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '');

/** Without the link of the appointment, which is the client's alone: addresses stay in the logs of whoever runs the calendar. */
const entryOf = ({ appointment: { services, location, startsAt, endsAt }, business }: Props) => ({
  title: `${services.map(({ name }) => name).join(', ')} · ${business}`,
  where: [location.name, location.address].filter(Boolean).join(', '),
  more: location.phone ?? '',
  startsAt,
  endsAt,
});

const googleHref = (props: Props): string => {
  const { title, where, more, startsAt, endsAt } = entryOf(props);
  const query = { action: 'TEMPLATE', text: title, dates: `${compact(startsAt)}/${compact(endsAt)}`, location: where };
  return `https://calendar.google.com/calendar/render?${new URLSearchParams({ ...query, details: more })}`;
};

const outlookHref = (props: Props): string => {
  const { title, where, more, startsAt, endsAt } = entryOf(props);
  const [startdt, enddt] = [new Date(startsAt).toISOString(), new Date(endsAt).toISOString()];
  const query = { path: '/calendar/action/compose', rru: 'addevent', subject: title, startdt, enddt, location: where };
  return `https://outlook.live.com/calendar/0/deeplink/compose?${new URLSearchParams({ ...query, body: more })}`;
};

const Away = ({ to, name }: { to: string; name: string }) => (
  <a class="quiet" href={to} target="_blank" rel="noopener noreferrer">
    {name}
  </a>
);

/** The ways into the client's calendar: a file, which every phone opens, and the two that take an address. */
export const Calendars = (props: Props) => {
  const { words } = useVisitor();
  return (
    <div class="actions">
      <a class={props.isFirst ? 'button' : 'quiet'} href={linkPath('a', props.token, 'calendar.ics')}>
        <Icon name="calendar" />
        {words.appointment.calendar}
      </a>
      {/* Of a series, the file alone has every date. */}
      {!props.appointment.series && (
        <>
          <Away to={googleHref(props)} name="Google Calendar" />
          <Away to={outlookHref(props)} name="Outlook" />
        </>
      )}
    </div>
  );
};
