import { problemOf, Refusal } from './api.ts';
import type { Page, PageDeps } from './page.ts';
import { appointmentPage } from './pages/appointment.tsx';
import { bookPage } from './pages/book.tsx';
import { calendarPage } from './pages/calendar.ts';
import { askCancelPage, cancelPage } from './pages/cancel.tsx';
import { chooseTimePage } from './pages/choose-time.tsx';
import { confirmPage } from './pages/confirm.ts';
import { homePage } from './pages/home.ts';
import { chooseMovePage, movePage } from './pages/move.tsx';
import { reviewPage, sendReviewPage } from './pages/review.tsx';
import { sendBookingPage } from './pages/send-booking.tsx';
import { subscriptionPage, unsubscribePage } from './pages/subscription.tsx';
import { notFoundPage, troublePage } from './pages/trouble.tsx';
import type { PageId } from './routes.ts';

/** Whatever happens, a page comes out: a refusal in the visitor's words, and never a stack trace. */
const guarded =
  (deps: PageDeps, page: Page): Page =>
  async (request) => {
    try {
      return await page(request);
    } catch (error) {
      if (error instanceof Refusal) return troublePage(deps, request, error.problem);
      deps.onError(error);
      return troublePage(deps, request, problemOf('internal'));
    }
  };

/** The pages by the ids of `pageRoutes`. */
export const createPages = (deps: PageDeps): Record<PageId, Page> => ({
  home: guarded(deps, homePage),
  book: guarded(deps, bookPage(deps)),
  sendTime: guarded(deps, chooseTimePage(deps)),
  sendBooking: guarded(deps, sendBookingPage(deps)),
  appointment: guarded(deps, appointmentPage(deps)),
  calendar: guarded(deps, calendarPage(deps)),
  confirm: guarded(deps, confirmPage(deps)),
  chooseMove: guarded(deps, chooseMovePage(deps)),
  move: guarded(deps, movePage(deps)),
  askCancel: guarded(deps, askCancelPage(deps)),
  cancel: guarded(deps, cancelPage(deps)),
  review: guarded(deps, reviewPage(deps)),
  sendReview: guarded(deps, sendReviewPage(deps)),
  subscription: guarded(deps, subscriptionPage(deps)),
  unsubscribe: guarded(deps, unsubscribePage(deps)),
  notFound: guarded(deps, notFoundPage(deps)),
});
