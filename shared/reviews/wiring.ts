import type { Outbox } from '../background/kinds.ts';
import type { Appointments } from '../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Compose } from '../messages/outgoing.ts';
import type { Dispatch } from '../messages/send/dispatch.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { createReviewFollower } from './follow.ts';
import { createLowScoreMessage } from './low-score/message.ts';
import { createLowScoreNotice } from './low-score/notify.ts';
import { createReviewStore } from './store.ts';

/** Tells the manager of a low score. */
export const lowScoreNoticeFor = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get'>;
  compose: Compose;
  dispatch: Dispatch;
  now: Clock;
}) => createLowScoreNotice({ ...deps, reviews: createReviewStore(deps.table), messageOf: createLowScoreMessage(deps) });

/** Followers of the table's stream for reviews. */
export const reviewFollowersFor = (deps: { table: RegularsTable; outbox: Outbox }) => [
  createReviewFollower({ ...deps, reviews: createReviewStore(deps.table) }),
];
