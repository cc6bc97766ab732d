import { dataOf } from '../api.ts';
import type { Page, PageDeps } from '../frame/page.ts';
import { calendarFile } from '../frame/respond.tsx';

/** GET /a/{token}/calendar.ics */
export const calendarPage =
  (deps: PageDeps): Page =>
  async (request) =>
    calendarFile(
      dataOf(await deps.clientFor(request).getCalendarByLink({ params: { token: request.params['token'] ?? '' } })),
    );
