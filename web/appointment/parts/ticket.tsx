import type { Appointment } from '../../api.ts';
import { Icon } from '../../frame/parts/icon.tsx';
import { PhoneLink } from '../../frame/parts/phone-link.tsx';
import { useVisitor } from '../../frame/visitor.ts';
import { stageOf } from '../stage.ts';
import { Moment } from './moment.tsx';

const mapHref = (address: string): string =>
  `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: address })}`;

/** The whole appointment at a glance: state, time, what, with whom, where. */
export const Ticket = ({ appointment, now }: { appointment: Appointment; now: number }) => {
  const { words, format } = useVisitor();
  const { startsAt, endsAt, zone, location, services, status, awaiting, total, notes } = appointment;
  const stage = stageOf(appointment, now);
  const state = awaiting ? words.appointment.asked : words.appointment.status[status];
  const pill = stage === 'past' ? words.appointment.past : state;
  return (
    <article class={`ticket ${status}`}>
      <p class="pill">{pill}</p>
      <Moment startsAt={startsAt} endsAt={endsAt} zone={zone} />
      <section aria-label={words.appointment.what}>
        <ul class="plain lines">
          {services.map((service) => (
            <li key={service.id}>
              <span>
                <bdi class="name">{service.name}</bdi>
                <span class="fine row">
                  {words.appointment.with(<bdi>{service.staff.name}</bdi>)} · {format.duration(service.durationMinutes)}
                </span>
              </span>
              <span class="price">{format.money(service.price)}</span>
            </li>
          ))}
          {services.length > 1 && (
            <li class="sum">
              <span>{words.appointment.total}</span>
              <span class="price">{format.money(total)}</span>
            </li>
          )}
        </ul>
      </section>
      {notes && (
        <section aria-label={words.appointment.notes} class="where">
          <p class="fine">{words.appointment.notes}</p>
          <p dir="auto">{notes}</p>
        </section>
      )}
      <section aria-label={words.appointment.where} class="where">
        <p>
          <bdi class="name">{location.name}</bdi>
          <bdi class="row">{location.address}</bdi>
        </p>
        <p class="links">
          <a class="phone" href={mapHref(`${location.name}, ${location.address}`)} rel="noreferrer">
            <Icon name="pin" />
            {words.appointment.directions}
          </a>
          {location.phone && <PhoneLink phone={location.phone} />}
        </p>
      </section>
    </article>
  );
};
