/** Makes an element: `h('p', { class: 'quiet' }, 'text')`. Functions become event listeners; undefined and false are left out. */
export const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
};

/** Puts the children in place of what is there, unless they would look the same: focus and selection stay. */
export const show = (place, ...children) => {
  const draft = h('div', {}, ...children);
  if (place.lastShown === draft.innerHTML) return;
  place.lastShown = draft.innerHTML;
  place.replaceChildren(...draft.childNodes);
};

export const byId = (id) => document.getElementById(id);

/** The way of writing times; the business's country decides. */
export const style = { locale: 'en-GB' };

/** `Tue, 24 Nov 2026, 09:00` in a zone, as the business's country writes it. */
export const dateTime = (instant, zone = 'UTC') =>
  new Intl.DateTimeFormat(style.locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(instant);

/** `9:00 AM` in a zone, as the business's country writes it. */
export const timeOfDay = (instant, zone) =>
  new Intl.DateTimeFormat(style.locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(instant);

/** `2026-11-24` in a zone. */
export const localDate = (instant, zone) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant);

/** `09:00` in a zone. */
export const localTime = (instant, zone) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    instant,
  );
