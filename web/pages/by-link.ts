/** The pages behind the links of messages, which are loaded together. */
export { appointmentPage } from './appointment.tsx';
export { calendarPage } from './calendar.ts';
export { askCancelPage, cancelPage } from './cancel.tsx';
export { confirmPage } from './confirm.ts';
export { chooseMovePage, movePage } from './move.tsx';
export { reviewPage, sendReviewPage } from './review.tsx';
export { subscriptionPage, unsubscribePage } from './subscription.tsx';
export { sendDeclinePage, sendLeavePage, sendTakePage, waitingPage } from './waiting.tsx';
