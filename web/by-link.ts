/** The pages behind the links of messages, which are loaded together. */

export { calendarPage } from './appointment/calendar.ts';
export { askCancelPage, cancelPage } from './appointment/cancel.tsx';
export { confirmPage } from './appointment/confirm.ts';
export { chooseMovePage, movePage } from './appointment/move.tsx';
export { appointmentPage } from './appointment/page.tsx';
export { agreePage, provePage } from './appointment/prove.ts';
export { reviewPage, sendReviewPage } from './review/page.tsx';
export { subscriptionPage, unsubscribePage } from './subscription/page.tsx';
export { sendDeclinePage, sendLeavePage, sendStayPage, sendTakePage, waitingPage } from './waiting-list/page.tsx';
