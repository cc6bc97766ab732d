import { reception } from './api.js';
import { byId, h, localDate, show, timeOfDay } from './dom.js';
import { statusWords, zoneWords } from './words.js';

const marks = [
  ['arrived', 'Check in'],
  ['completed', 'Complete'],
  ['no_show', 'No-show'],
  ['cancelled', 'Cancel…'],
];
const question = 'Cancel this appointment? The client is told at once.';
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

  const clock = (text) => timeOfDay(Date.parse(text), zoneOf());

  const visit = ({ id, status, startsAt, endsAt, client, services, notes, noShows, awaiting, undo }) => {
    const over = final.includes(status);
    return h(
      'li',
      { class: `card visit${over ? ' over' : ''}` },
      h('span', { class: 'when' }, `${clock(startsAt)} – ${clock(endsAt)}`),
      h(
        'div',
        {},
        h('strong', { dir: 'auto' }, [client.firstName, client.lastName].filter(Boolean).join(' ')),
        h('span', { class: `badge ${status}` }, awaiting ? 'To be approved' : statusWords(status)),
        h('br'),
        services.map(({ name, staff }) => `${name} · ${staff.name}`).join(', '),
        h(
          'span',
          { class: 'quiet' },
          [client.phone, client.email]
            .filter(Boolean)
            .map((text) => ` · ${text}`)
            .join(''),
        ),
        noShows > 0 && h('span', { class: 'warn' }, ` · missed ${noShows} before`),
        notes && h('p', { class: 'note', dir: 'auto' }, notes),
      ),
      h(
        'div',
        { class: 'marks' },
        marks.map(([mark, label]) =>
          h('button', { type: 'button', 'data-id': id, 'data-mark': mark, disabled: over || status === mark }, label),
        ),
        undo &&
          Date.parse(undo.until) > now &&
          h('button', { type: 'button', 'data-id': id, 'data-mark': 'undo' }, 'Undo'),
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
      `${day.appointments.length} ${day.appointments.length === 1 ? 'appointment' : 'appointments'} · ${zoneWords(day.zone)} · updates automatically`,
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
    if (!id || (mark === 'cancelled' && !confirm(question))) return;
    event.target.disabled = true;
    const path = `/v1/appointments/${encodeURIComponent(id)}`;
    (mark === 'undo' ? reception(`${path}/undo`, {}) : reception(`${path}/mark`, { status: mark }))
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
