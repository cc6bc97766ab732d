/** The pages of booking, which are loaded together. */

export { sendWaitPage, waitPage } from '../waiting-list/join.tsx';
export { changePage } from './change.ts';
export { chooseTimePage } from './choose-time.tsx';
export { bookPage } from './page.tsx';
export { sendBookingPage } from './send.tsx';
