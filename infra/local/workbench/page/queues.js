import { byId, dateTime, h, show } from './dom.js';

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

const when = (instant) => h('td', { class: 'when' }, dateTime(instant));
const what = (text) => h('td', {}, h('code', {}, text));

const part = (title, columns, rows, empty) =>
  rows.length === 0 && empty === undefined
    ? []
    : [h('h2', {}, title), rows.length > 0 ? table(columns, rows) : h('p', { class: 'quiet' }, empty)];

/** What is scheduled, what waits in the queue, what failed, and what has fired. */
export const renderQueues = (state) => {
  const { schedules, scheduleCount, outbox, deadLetters, failedRecords, failedNotices, fired } = state;
  show(
    byId('queues'),
    ...part(
      `Scheduled (${scheduleCount})`,
      ['Due (UTC)', 'Name', 'Message'],
      schedules.map(({ dueAt, name, input }) => [when(dueAt), what(name), what(input)]),
      'Nothing is scheduled. Book an appointment, and its reminders appear here.',
    ),
    ...part(
      'Waiting in the queues',
      ['Visible from (UTC)', 'Deliveries', 'Message'],
      outbox.map(({ visibleAt, receives, body }) => [when(visibleAt), h('td', {}, String(receives)), what(body)]),
      'The queues are empty.',
    ),
    ...part(
      'Dead letters',
      ['Sent (UTC)', 'Message'],
      deadLetters.map(({ sentAt, body }) => [when(sentAt), what(body)]),
    ),
    ...part(
      'Stream records that a function refused',
      ['When (UTC)', 'Function', 'Error'],
      failedRecords.map(({ at, functionName, error }) => [when(at), h('td', {}, functionName), what(error)]),
    ),
    ...part(
      'Notices that a function refused',
      ['When (UTC)', 'Error'],
      failedNotices.map(({ at, error }) => [when(at), what(error)]),
    ),
    ...part(
      'Fired',
      ['Due (UTC)', 'What', 'Message'],
      fired.map(({ dueAt, kind, name, input }) => [
        when(dueAt),
        h('td', {}, kind === 'schedule' ? name : kind),
        what(input),
      ]),
      'Nothing has fired since the start.',
    ),
  );
};
