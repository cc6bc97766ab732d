import { local, locations } from './api.js';
import { createClock } from './clock.js';
import { createDesk } from './desk.js';
import { byId } from './dom.js';
import { createMailbox } from './mailbox.js';
import { renderQueues } from './queues.js';
import { createTokens } from './tokens.js';

const restMs = 1000;
const windingMs = 200;
const tabs = ['desk', 'mailbox', 'queues', 'tokens'];

const trouble = byId('trouble');
let troubleFrom;
const failed = (error, from = 'action') => {
  troubleFrom = from;
  trouble.hidden = false;
  trouble.textContent = error.message;
  if (from === 'action') setTimeout(() => recovered('action'), 6000);
};
const recovered = (from) => {
  if (troubleFrom === from) trouble.hidden = true;
};

const open = (name) => {
  for (const tab of tabs) {
    byId(tab).hidden = tab !== name;
    byId(`tab-${tab}`).ariaCurrent = tab === name ? 'page' : null;
  }
};
const openFromHash = () => open(tabs.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'desk');
addEventListener('hashchange', openFromHash);
openFromHash();

const mailbox = createMailbox({ failed });
const desk = createDesk({ failed, recovered });
createTokens({ failed });
let zones = [];
let stamp;
let timer;

const loadPlaces = async () => {
  const places = await locations();
  zones = [...new Set(places.map(({ zone }) => zone))];
  clock.setZones(zones);
  desk.setPlaces(places);
};

const look = async () => {
  clearTimeout(timer);
  let pause = restMs;
  try {
    const state = await local.get('state');
    desk.setNow(state.now);
    clock.render(state, zones);
    renderQueues(state);
    byId('count-mailbox').textContent = state.messageCount || '';
    byId('count-queues').textContent = state.scheduleCount || '';
    const seen = `${state.messageCount} ${state.lastMessage}`;
    if (seen !== stamp) {
      stamp = seen;
      await mailbox.load();
    }
    if (state.winding) pause = windingMs;
    if (zones.length === 0) await loadPlaces();
    recovered('state');
  } catch (error) {
    failed(new Error(`The system does not answer: ${error.message}`), 'state');
  }
  timer = setTimeout(look, document.hidden ? 5 * restMs : pause);
};

const clock = createClock({ changed: look, failed });
document.addEventListener('visibilitychange', look);
await look();
