import { problemOf, Refusal } from './api.ts';
import { homePage } from './frame/home.ts';
import type { Page, PageDeps } from './frame/page.ts';
import { notFoundPage, troublePage } from './frame/trouble.tsx';
import type { PageId } from './routes.ts';

const ofBooking = () => import('./booking/index.ts');
const byLink = () => import('./by-link.ts');

/** Whatever happens, a page comes out: a refusal in the visitor's words, and never a stack trace. */
const guarded =
  (deps: PageDeps, page: Page): Page =>
  async (request) => {
    try {
      if (request.tooLarge) return await troublePage(deps, request, problemOf('body_too_large'));
      return await page(request);
    } catch (error) {
      if (error instanceof Refusal) return troublePage(deps, request, error.problem);
      deps.onError(error);
      return troublePage(deps, request, problemOf('internal'));
    }
  };

/** The pages by the ids of `pageRoutes`; most are loaded when somebody first opens one of them. */
export const createPages = (deps: PageDeps): Record<PageId, Page> => {
  const loaded = (load: () => Promise<(deps: PageDeps) => Page>): Page =>
    guarded(deps, async (request) => (await load())(deps)(request));
  return {
    home: guarded(deps, homePage),
    book: loaded(async () => (await ofBooking()).bookPage),
    sendTime: loaded(async () => (await ofBooking()).chooseTimePage),
    sendBooking: loaded(async () => (await ofBooking()).sendBookingPage),
    sendChange: loaded(async () => (await ofBooking()).changePage),
    wait: loaded(async () => (await ofBooking()).waitPage),
    sendWait: loaded(async () => (await ofBooking()).sendWaitPage),
    waiting: loaded(async () => (await byLink()).waitingPage),
    sendTake: loaded(async () => (await byLink()).sendTakePage),
    sendDecline: loaded(async () => (await byLink()).sendDeclinePage),
    sendStay: loaded(async () => (await byLink()).sendStayPage),
    sendLeave: loaded(async () => (await byLink()).sendLeavePage),
    appointment: loaded(async () => (await byLink()).appointmentPage),
    calendar: loaded(async () => (await byLink()).calendarPage),
    confirm: loaded(async () => (await byLink()).confirmPage),
    prove: loaded(async () => (await byLink()).provePage),
    agree: loaded(async () => (await byLink()).agreePage),
    chooseMove: loaded(async () => (await byLink()).chooseMovePage),
    move: loaded(async () => (await byLink()).movePage),
    askCancel: loaded(async () => (await byLink()).askCancelPage),
    cancel: loaded(async () => (await byLink()).cancelPage),
    review: loaded(async () => (await byLink()).reviewPage),
    sendReview: loaded(async () => (await byLink()).sendReviewPage),
    subscription: loaded(async () => (await byLink()).subscriptionPage),
    unsubscribe: loaded(async () => (await byLink()).unsubscribePage),
    notFound: guarded(deps, notFoundPage(deps)),
  };
};
