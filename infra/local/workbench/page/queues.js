import { byId, dateTime, h, show } from './dom.js';
import { workWords, zoneWords } from './words.js';

const table = (columns, rows) =>
  h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((column) => h('th', { scope: 'col' }, column)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((cells) => h('tr', {}, cells)),
      ),
    ),
  );

const what = (text) => h('td', {}, h('code', {}, text));

/** Work in words, with its stored form for whoever wants it. */
const work = (input) => {
  const { words, about } = workWords(input);
  return h(
    'td',
    {},
    h(
      'details',
      {},
      h('summary', {}, words, about && h('span', { class: 'quiet' }, ` · ${about}`)),
      h('code', {}, input),
    ),
  );
};

const part = (title, columns, rows, empty) =>
  rows.length === 0 && empty === undefined
    ? []
    : [h('h2', {}, title), rows.length > 0 ? table(columns, rows) : h('p', { class: 'quiet' }, empty)];

/** What is scheduled, what waits in the queue, what failed, and what is done; times by the clock of the first location. */
export const renderQueues = (state, zone) => {
  const when = (instant) => h('td', { class: 'when' }, dateTime(instant, zone));
  const at = (column) => `${column} (${zoneWords(zone)})`;
  const { schedules, scheduleCount, outbox, deadLetters, failedRecords, failedNotices, fired } = state;
  show(
    byId('queues'),
    ...part(
      `Scheduled (${scheduleCount})`,
      [at('Due'), 'What'],
      schedules.map(({ dueAt, input }) => [when(dueAt), work(input)]),
      'Nothing is scheduled. Book an appointment, and its reminders appear here.',
    ),
    ...part(
      'Waiting in the queues',
      [at('From'), 'Tries', 'What'],
      outbox.map(({ visibleAt, receives, body }) => [when(visibleAt), h('td', {}, String(receives)), work(body)]),
      'The queues are empty.',
    ),
    ...part(
      'Given up (dead letters)',
      [at('Sent'), 'What'],
      deadLetters.map(({ sentAt, body }) => [when(sentAt), work(body)]),
    ),
    ...part(
      'Stream records that a function refused',
      [at('When'), 'Function', 'Error'],
      failedRecords.map(({ at, functionName, error }) => [when(at), h('td', {}, functionName), what(error)]),
    ),
    ...part(
      'Notices that a function refused',
      [at('When'), 'Error'],
      failedNotices.map(({ at, error }) => [when(at), what(error)]),
    ),
    ...part(
      'Done',
      [at('Due'), 'What'],
      fired.map(({ dueAt, input }) => [when(dueAt), work(input)]),
      'Nothing has fallen due since the start.',
    ),
  );
};
