import type { Appointment } from '../../api.ts';
import { useVisitor } from '../../frame/visitor.ts';

/** Day and hours, by the location's clock. */
export const Moment = ({ startsAt, endsAt, zone }: Pick<Appointment, 'startsAt' | 'endsAt' | 'zone'>) => {
  const { words, format } = useVisitor();
  return (
    <p class="moment">
      <time dateTime={startsAt}>
        <span class="moment-day">{format.date(startsAt, zone)}</span>
        <span class="moment-time">{words.span(format.time(startsAt, zone), format.time(endsAt, zone))}</span>
      </time>
      <span class="fine">{words.timeZone(format.zoneName(startsAt, zone))}</span>
    </p>
  );
};
