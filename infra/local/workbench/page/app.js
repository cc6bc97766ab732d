import { business, local } from './api.js';
import { createClock } from './clock.js';
import { createDesk } from './desk.js';
import { byId, style } from './dom.js';
import { createMailbox } from './mailbox.js';
import { renderQueues } from './queues.js';
import { createTokens } from './tokens.js';

const restMs = 1000;
const windingMs = 200;
const tabs = ['desk', 'mailbox', 'queues', 'tokens'];

let zones = [];
const trouble = byId('trouble');
let troubleFrom;
let untilQuiet;
const failed = (error, from = 'action') => {
  clearTimeout(untilQuiet);
  troubleFrom = from;
  trouble.hidden = false;
  trouble.textContent = error.message;
  if (from === 'action') untilQuiet = setTimeout(() => recovered('action'), 6000);
};
const recovered = (from) => {
  if (troubleFrom === from) trouble.hidden = true;
};

const open = (name) => {
  for (const tab of tabs) {
    byId(tab).hidden = tab !== name;
    byId(`tab-${tab}`).ariaCurrent = tab === name ? 'page' : null;
  }
  if (name === 'mailbox') mailbox.opened();
};
const openFromHash = () => open(tabs.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'desk');
const home = () => zones[0] ?? 'UTC';
const mailbox = createMailbox({ failed, home });
const desk = createDesk({ failed, recovered });
createTokens({ failed });
addEventListener('hashchange', openFromHash);
openFromHash();
let stamp;
let timer;

const loadPlaces = async () => {
  const { locations: places, country } = await business();
  style.locale = `en-${country}`;
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
    renderQueues(state, home());
    byId('count-queues').textContent = state.scheduleCount || '';
    const seen = `${state.messageCount} ${state.lastMessage}`;
    if (seen !== stamp) {
      stamp = seen;
      await mailbox.load();
    }
    byId('count-mailbox').textContent = mailbox.count();
    byId('count-mailbox').classList.toggle('new', mailbox.hasNew());
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
