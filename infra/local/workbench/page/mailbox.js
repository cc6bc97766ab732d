import { local } from './api.js';
import { byId, dateTime, h, show } from './dom.js';
import { zoneWords } from './words.js';

const link = (address) => h('a', { href: address, target: '_blank', rel: 'noopener' }, address);

/** The text with its addresses as links. */
const linked = (text) =>
  text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => (index % 2 === 1 ? link(part) : part));

const headerRows = (headers) =>
  Object.entries(headers).map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)));

const pairs = (title, values) =>
  Object.keys(values).length > 0 &&
  h('details', {}, h('summary', {}, title), h('div', { class: 'scroll' }, h('table', {}, headerRows(values))));

/** All that was sent, newest first, and one message in full. */
export const createMailbox = ({ failed, home }) => {
  const list = h('ul', { class: 'letters', 'aria-label': 'Messages' });
  const letter = h('article', { class: 'card letter' });
  let messages = [];
  let chosen;
  /** Ids of what was there when the page was opened, or has been looked at; undefined until the first load. */
  let seen;
  const isNew = ({ id }) => seen !== undefined && !seen.has(id);
  const isOpen = () => !byId('mailbox').hidden;

  const feedback = (kind, message) => (event) => {
    event.target.disabled = true;
    local.post('feedback', { kind, messageId: message.id }).then(() => {
      event.target.textContent += ' ✓';
    }, failed);
  };

  const mail = (message) => [
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', click: feedback('bounce', message) }, 'Bounce'),
      h('button', { type: 'button', click: feedback('complaint', message) }, 'Complaint'),
      h('a', { href: `api/messages/${message.id}/raw`, target: '_blank' }, 'View source'),
    ),
    message.hasHtml &&
      h('iframe', {
        title: message.subject,
        sandbox: 'allow-popups allow-popups-to-escape-sandbox',
        src: `api/messages/${message.id}/html`,
      }),
    h(
      'details',
      { open: !message.hasHtml },
      h('summary', {}, 'Text'),
      h('p', { class: 'bubble', dir: 'auto' }, linked(message.text)),
    ),
    ...message.attachments.map((attachment) =>
      h(
        'details',
        {},
        h('summary', {}, `${attachment.name || 'Attachment'} (${attachment.type})`),
        h('pre', {}, attachment.text || 'not text'),
      ),
    ),
    pairs('Headers', message.headers),
    pairs('Tags', message.tags),
  ];

  const reply = (message) => {
    const words = h('input', { type: 'text', 'aria-label': 'Reply', placeholder: 'STOP', maxlength: '1600' });
    const send = (event) => {
      event.preventDefault();
      local.post('text', { from: message.to[0], body: words.value }).then(() => {
        words.value = '';
      }, failed);
    };
    return h('form', { class: 'row', submit: send }, words, h('button', {}, 'Reply as the client'));
  };

  const text = (message) => [
    h('p', { class: 'bubble', dir: 'auto' }, linked(message.text)),
    reply(message),
    pairs('Attributes', message.headers),
  ];

  const renderLetter = () => {
    const message = messages.find(({ id }) => id === chosen);
    if (!message) {
      show(
        letter,
        h('p', { class: 'quiet' }, messages.length > 0 ? 'Choose a message.' : 'Nothing has been sent yet.'),
      );
      return;
    }
    show(
      letter,
      h('h2', { dir: 'auto' }, message.channel === 'email' ? message.subject || '(no subject)' : 'Text message'),
      h('p', { class: 'quiet' }, `${message.from ? `${message.from} → ` : ''}${message.to.join(', ')}`),
      h('p', { class: 'quiet' }, `${dateTime(message.at, home())}, ${zoneWords(home())}`),
      ...(message.channel === 'email' ? mail(message) : text(message)),
      message.links.length > 0 && h('h2', {}, 'Links'),
      message.links.length > 0 &&
        h(
          'ul',
          { class: 'links' },
          message.links.map((address) => h('li', {}, link(address))),
        ),
    );
  };

  const choose = (id) => {
    chosen = id;
    render();
  };

  const render = () => {
    if (isOpen() && chosen) seen?.add(chosen);
    show(
      list,
      ...messages.map((message) =>
        h(
          'li',
          {},
          h(
            'button',
            { type: 'button', 'data-id': message.id, 'aria-current': String(message.id === chosen) },
            isNew(message) && h('em', { class: 'new' }, 'New'),
            h('strong', { dir: 'auto' }, message.channel === 'email' ? message.subject : message.text),
            h('span', {}, `${message.channel === 'email' ? 'Mail' : 'Text'} to ${message.to.join(', ')}`),
            h('span', {}, dateTime(message.at, home())),
          ),
        ),
      ),
    );
    renderLetter();
  };

  list.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button) choose(button.dataset.id);
  });

  const clear = h(
    'button',
    { type: 'button', click: () => local.post('mailbox/clear').catch(failed) },
    'Empty the mailbox',
  );
  byId('mailbox').append(h('div', { class: 'split' }, h('div', {}, list, h('div', { class: 'row' }, clear)), letter));
  render();

  return {
    load: async () => {
      const before = messages[0]?.id;
      ({ messages } = await local.get('messages'));
      seen ??= new Set(messages.map(({ id }) => id));
      const newest = messages[0]?.id;
      // Nobody is reading: the newest lies on top.
      if (newest !== before && !isOpen()) chosen = newest;
      if (!messages.some(({ id }) => id === chosen)) chosen = newest;
      render();
    },
    opened: render,
    hasNew: () => messages.some(isNew),
    /** For the tab: how many are new, else how many there are. */
    count: () => {
      const unread = messages.filter(isNew).length;
      return unread > 0 ? `${unread} new` : String(messages.length || '');
    },
  };
};
