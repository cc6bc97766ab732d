import { local } from './api.js';
import { byId, h, show } from './dom.js';

const roles = ['owner', 'manager', 'reception', 'staff'];

/** Bearer tokens for trying the API by hand. */
export const createTokens = ({ failed }) => {
  const place = h('pre', { class: 'card', 'aria-live': 'polite' });
  const give = async (role) => {
    const { token } = await local.post('token', { role });
    show(place, `Authorization: Bearer ${token}`);
    await navigator.clipboard?.writeText(token).catch(() => {});
  };
  byId('tokens').append(
    h('h2', {}, 'Tokens for the API'),
    h(
      'p',
      { class: 'quiet' },
      'They stand in for signing in with Cognito, and work on this computer only. Choosing a role copies its token.',
    ),
    h(
      'div',
      { class: 'row' },
      roles.map((role) => h('button', { type: 'button', click: () => give(role).catch(failed) }, role)),
    ),
    place,
  );
};
