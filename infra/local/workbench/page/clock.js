import { local } from './api.js';
import { byId, dateTime, h, localDate, localTime, show } from './dom.js';

const hour = 3_600_000;

const woundText = ({ fired }) => `Wound. ${fired === 0 ? 'Nothing was due.' : `${fired} fired; see Coming up.`}`;

/** The clock at the top of the page: what time it is, and the buttons that wind it. */
export const createClock = ({ changed, failed }) => {
  const times = h('dl', { class: 'times' });
  const status = h('div', { class: 'row', role: 'status' });
  const zone = h('select', { 'aria-label': 'Zone' }, h('option', {}, 'UTC'));
  const moment = h('input', { type: 'datetime-local', required: true, 'aria-label': 'Date and time to wind to' });
  let touched = false;
  moment.addEventListener('input', () => {
    touched = true;
  });
  const wind = (input) => local.post('wind', input).then(changed, failed);
  const button = (label, input) => h('button', { type: 'button', click: () => wind(input) }, label);
  const next = button('To the next event', { next: true });
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
    h('button', { class: 'main' }, 'Wind to'),
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
      show(zone, h('option', {}, 'UTC'), ...zones.map((name) => h('option', {}, name)));
      if (zones[0]) zone.value = zones[0];
    },
    render: ({ now, winding, lastWinding, next: nextAt }, zones) => {
      if (!touched) moment.value = `${localDate(now, zone.value)}T${localTime(now, zone.value)}`;
      show(
        times,
        ...['UTC', ...zones].map((name) => h('div', {}, h('dt', {}, name), h('dd', {}, dateTime(now, name)))),
      );
      for (const control of controls.querySelectorAll('button')) control.disabled = winding !== null;
      next.disabled ||= nextAt === null;
      next.title = nextAt === null ? 'Nothing is scheduled' : dateTime(nextAt);
      if (winding === null) {
        show(status, lastWinding && h('span', { class: 'quiet' }, woundText(lastWinding)));
        return;
      }
      const share = (winding.now - winding.from) / Math.max(1, winding.target - winding.from);
      show(
        status,
        h('span', {}, `Winding to ${dateTime(winding.target)} UTC · ${winding.fired} fired`),
        h('progress', { max: '1', value: String(share) }),
      );
    },
  };
};
