import { reception } from './api.js';
import { byId, h, localDate, show } from './dom.js';

const marks = [
  ['arrived', 'Arrived'],
  ['completed', 'Completed'],
  ['no_show', 'No-show'],
  ['cancelled', 'Cancel'],
];
const final = ['completed', 'no_show', 'cancelled'];
const refreshMs = 2000;

/** The day of a location, over the real HTTP API, and the buttons of the reception. */
export const createDesk = ({ failed, recovered }) => {
  const place = h('select', { 'aria-label': 'Location' });
  const date = h('input', { type: 'date', 'aria-label': 'Day', required: true });
  const today = h('button', { type: 'button' }, 'Today');
  const visits = h('ul', { class: 'list' });
  const note = h('p', { class: 'quiet' });
  byId('desk').append(h('div', { class: 'row' }, place, date, today), note, visits);

  let places = [];
  let followsToday = true;
  let now = Date.now();

  const zoneOf = () => places.find(({ id }) => id === place.value)?.zone ?? 'UTC';

  const visit = ({ id, status, startsAt, endsAt, client, services }) => {
    const over = final.includes(status);
    return h(
      'li',
      { class: `card visit${over ? ' over' : ''}` },
      h('span', { class: 'when' }, `${startsAt.slice(11, 16)}–${endsAt.slice(11, 16)}`),
      h(
        'div',
        {},
        h('strong', { dir: 'auto' }, [client.firstName, client.lastName].filter(Boolean).join(' ')),
        h('span', { class: `badge ${status}` }, status.replace('_', '-')),
        h('br'),
        services.map(({ name, staff }) => `${name} · ${staff.name}`).join(', '),
        client.phone ? h('span', { class: 'quiet' }, ` · ${client.phone}`) : '',
      ),
      h(
        'div',
        { class: 'marks' },
        marks.map(([mark, label]) =>
          h('button', { type: 'button', 'data-id': id, 'data-mark': mark, disabled: over || status === mark }, label),
        ),
      ),
    );
  };

  const load = async () => {
    if (places.length === 0) {
      show(note, 'The business has not been set up yet.');
      return;
    }
    if (followsToday) date.value = localDate(now, zoneOf());
    if (date.value === '') return;
    const day = await reception(`/v1/diary?${new URLSearchParams({ locationId: place.value, date: date.value })}`);
    show(
      note,
      `${day.appointments.length} ${day.appointments.length === 1 ? 'appointment' : 'appointments'} · ${day.zone} · refreshed by itself`,
    );
    show(visits, ...day.appointments.map(visit));
  };
  const reload = () =>
    load().then(
      () => recovered('desk'),
      (error) => failed(error, 'desk'),
    );

  visits.addEventListener('click', (event) => {
    const { id, mark } = event.target.dataset;
    if (!id) return;
    event.target.disabled = true;
    reception(`/v1/appointments/${encodeURIComponent(id)}/mark`, { status: mark })
      .catch(failed)
      .finally(() => {
        visits.lastShown = undefined;
        return reload();
      });
  });
  place.addEventListener('change', reload);
  date.addEventListener('change', () => {
    followsToday = false;
    void reload();
  });
  today.addEventListener('click', () => {
    followsToday = true;
    void reload();
  });
  setInterval(() => {
    if (!document.hidden && !byId('desk').hidden) void reload();
  }, refreshMs);

  return {
    setPlaces: (found) => {
      places = found;
      show(place, ...found.map(({ id, name }) => h('option', { value: id }, name)));
      void reload();
    },
    setNow: (instant) => {
      now = instant;
    },
  };
};
