import type { Caller, Method } from '../shared/platform/http/contract.ts';

interface PageRoute {
  id: string;
  method: Method;
  path: `/${string}`;
  caller: Extract<Caller, string>;
}

/** Every page that clients see. A GET never changes anything; what a person presses, POSTs and is redirected. `notFound` is any other address. */
export const pageRoutes = [
  { id: 'home', method: 'GET', path: '/', caller: 'public' },
  { id: 'book', method: 'GET', path: '/book', caller: 'public' },
  { id: 'sendBooking', method: 'POST', path: '/book', caller: 'public' },
  { id: 'sendTime', method: 'POST', path: '/book/time', caller: 'public' },
  { id: 'sendChange', method: 'POST', path: '/book/change', caller: 'public' },
  { id: 'wait', method: 'GET', path: '/book/wait', caller: 'public' },
  { id: 'sendWait', method: 'POST', path: '/book/wait', caller: 'public' },
  { id: 'waiting', method: 'GET', path: '/w/{token}', caller: 'link' },
  { id: 'sendTake', method: 'POST', path: '/w/{token}/take', caller: 'link' },
  { id: 'sendDecline', method: 'POST', path: '/w/{token}/decline', caller: 'link' },
  { id: 'sendStay', method: 'POST', path: '/w/{token}/stay', caller: 'link' },
  { id: 'sendLeave', method: 'POST', path: '/w/{token}/leave', caller: 'link' },
  { id: 'appointment', method: 'GET', path: '/a/{token}', caller: 'link' },
  { id: 'calendar', method: 'GET', path: '/a/{token}/calendar.ics', caller: 'link' },
  { id: 'confirm', method: 'POST', path: '/a/{token}/confirm', caller: 'link' },
  { id: 'agree', method: 'POST', path: '/a/{token}/agree', caller: 'link' },
  { id: 'prove', method: 'POST', path: '/a/{token}/prove', caller: 'link' },
  { id: 'chooseMove', method: 'GET', path: '/a/{token}/move', caller: 'link' },
  { id: 'move', method: 'POST', path: '/a/{token}/move', caller: 'link' },
  { id: 'askCancel', method: 'GET', path: '/a/{token}/cancel', caller: 'link' },
  { id: 'cancel', method: 'POST', path: '/a/{token}/cancel', caller: 'link' },
  { id: 'review', method: 'GET', path: '/r/{token}', caller: 'link' },
  { id: 'sendReview', method: 'POST', path: '/r/{token}', caller: 'link' },
  { id: 'subscription', method: 'GET', path: '/u/{token}', caller: 'link' },
  { id: 'unsubscribe', method: 'POST', path: '/u/{token}', caller: 'link' },
  { id: 'notFound', method: 'GET', path: '/{proxy+}', caller: 'public' },
] as const satisfies readonly PageRoute[];

/** A page for developers, which the document's function serves. */
export const documentPageRoute = {
  id: 'docs',
  method: 'GET',
  path: '/docs',
  caller: 'public',
} as const satisfies PageRoute;

export type PageId = (typeof pageRoutes)[number]['id'];
