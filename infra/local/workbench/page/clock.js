import { local } from './api.js';
import { byId, dateTime, h, localDate, localTime, show } from './dom.js';
import { arrivedWords, zoneWords } from './words.js';

const hour = 3_600_000;

const arrived = ({ sent }, now, zone) =>
  h(
    'span',
    {},
    `Now ${dateTime(now, zone)}. ${arrivedWords(sent)} `,
    sent > 0 && h('a', { href: '#mailbox' }, sent === 1 ? 'open it' : 'open the mailbox'),
  );

/** The clock at the top of the page: what time it is, and the buttons that move it on. */
export const createClock = ({ changed, failed }) => {
  const times = h('dl', { class: 'times' });
  const status = h('div', { class: 'row', role: 'status' });
  const zone = h('select', { 'aria-label': 'Time zone' }, h('option', {}, 'UTC'));
  const moment = h('input', { type: 'datetime-local', required: true, 'aria-label': 'Date and time to go to' });
  let touched = false;
  moment.addEventListener('input', () => {
    touched = true;
  });
  const wind = (input) => local.post('wind', input).then(changed, failed);
  const button = (label, input) => h('button', { type: 'button', click: () => wind(input) }, label);
  const next = button('Next event', { next: true });
  const form = h(
    'form',
    {
      submit: (event) => {
        event.preventDefault();
        touched = false;
        void wind({ local: moment.value, zone: zone.value });
      },
    },
    moment,
    zone,
    h('button', { class: 'main' }, 'Go to'),
  );
  const controls = h(
    'div',
    { class: 'row' },
    button('+1 h', { by: hour }),
    button('+1 day', { by: 24 * hour }),
    next,
    form,
  );
  byId('clock').append(times, controls, status);

  return {
    setZones: (zones) => {
      show(zone, ...[...zones, 'UTC'].map((name) => h('option', { value: name }, zoneWords(name))));
      zone.value = zones[0] ?? 'UTC';
    },
    render: ({ now, winding, lastWinding, next: nextAt }, zones) => {
      if (!touched) moment.value = `${localDate(now, zone.value)}T${localTime(now, zone.value)}`;
      show(
        times,
        ...(zones.length > 0 ? zones : ['UTC']).map((name) =>
          h('div', { title: name }, h('dt', {}, zoneWords(name)), h('dd', {}, dateTime(now, name))),
        ),
      );
      for (const control of controls.querySelectorAll('button')) control.disabled = winding !== null;
      next.disabled ||= nextAt === null;
      next.title = nextAt === null ? 'Nothing is scheduled' : dateTime(nextAt, zone.value);
      if (winding === null) {
        show(status, lastWinding && arrived(lastWinding, lastWinding.target, zone.value));
        return;
      }
      const share = (winding.now - winding.from) / Math.max(1, winding.target - winding.from);
      show(
        status,
        h('span', {}, `Going to ${dateTime(winding.target, zone.value)} · ${winding.sent} sent`),
        h('progress', { max: '1', value: String(share) }),
      );
    },
  };
};
