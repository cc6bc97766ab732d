/** The pages of booking, which are loaded together. */
export { bookPage } from './book.tsx';
export { chooseTimePage } from './choose-time.tsx';
export { sendBookingPage } from './send-booking.tsx';
export { sendWaitPage, waitPage } from './wait.tsx';
