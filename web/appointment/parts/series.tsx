import type { Appointment } from '../../api.ts';
import { href, linkPath, type Params } from '../../frame/address.ts';
import { useVisitor } from '../../frame/visitor.ts';
import { momentWords } from '../../i18n/moment.ts';

/** As many dates are read at a glance; more are shown when they are asked for. */
const atAGlance = 6;

/** The place of the appointment in its series, and all dates of it, each with its state and its page. */
export const Series = ({ appointment, carried }: { appointment: Appointment; carried: Params }) => {
  const visitor = useVisitor();
  const { words, format } = visitor;
  const { series, zone, id } = appointment;
  if (!series) return null;
  const says = words.appointment;
  const all = series.appointments;
  const place = all.findIndex((each) => each.id === id) + 1;
  return (
    <details open={all.length <= atAGlance}>
      <summary class="sum">
        {says.series(format.number(place), format.number(all.length))}
        <span class="fine row">{says.seriesDates}</span>
      </summary>
      <ol class="plain lines">
        {all.map(({ id: other, startsAt, status, awaiting, token }) => (
          <li key={other} class={status === 'pending' ? undefined : status}>
            {other === id ? (
              <strong aria-current="page">{momentWords(visitor, startsAt, zone)}</strong>
            ) : (
              <a href={href(linkPath('a', token), carried)}>{momentWords(visitor, startsAt, zone)}</a>
            )}
            <span class="pill">{awaiting ? says.asked : says.status[status]}</span>
          </li>
        ))}
      </ol>
    </details>
  );
};
