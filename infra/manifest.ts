import { auditRoutes } from '../shared/audit/contract.ts';
import { availabilityRoutes, bookingRoutes } from '../shared/booking/contract.ts';
import { businessRoutes } from '../shared/business/contract.ts';
import { clientRoutes } from '../shared/clients/contract.ts';
import { diaryRoutes } from '../shared/diary/contract.ts';
import { documentRoutes } from '../shared/document/contract.ts';
import { followedEntities } from '../shared/entities.ts';
import { messageRoutes } from '../shared/messages/contract.ts';
import type { Caller, Method } from '../shared/platform/http/contract.ts';
import { reviewRoutes } from '../shared/reviews/contract.ts';
import { seriesRoutes } from '../shared/series/contract.ts';
import { settingsRoutes } from '../shared/settings/contract.ts';
import { waitingDeskRoutes, waitingRoutes } from '../shared/waiting-list/contract.ts';
import { pageRoutes } from '../web/routes.ts';

/** Where a request enters: a contract's route or a page. */
export interface HttpRoute {
  method: Method;
  path: string;
  caller: Caller;
}

export type Trigger =
  | { kind: 'http'; routes: readonly HttpRoute[] }
  /** Records of the table's stream whose entity is one of these. */
  | { kind: 'stream'; entities: readonly string[] }
  /** The outbox queue. */
  | { kind: 'outbox' }
  /** The topic to which SES publishes bounces, complaints and deliveries. */
  | { kind: 'feedback' }
  /** The topic to which AWS End User Messaging publishes what clients text. */
  | { kind: 'incoming-texts' };

/** What a function may touch; each becomes the narrowest policy that allows it, and the environment variable that names it. */
export type Grant =
  | 'table:read' // TABLE_NAME
  | 'table:write' // TABLE_NAME; read, too
  | 'outbox:send' // OUTBOX_QUEUE_URL
  | 'schedules:manage' // SCHEDULE_GROUP, SCHEDULE_TARGET_ARN (the outbox), SCHEDULE_ROLE_ARN, SCHEDULE_DLQ_ARN
  | 'mail:send' // SENDER_ADDRESS, CONFIGURATION_SET
  | 'text:send'
  | 'link-keys:read' // LINK_KEYS_PARAMETER: of the keys that sign clients' links; for functions that sign or verify
  | 'public-url'; // PUBLIC_URL: origin of the API, without a trailing slash; only for functions that HTTP does not trigger

export interface FunctionSpec {
  /** The file that exports `handler`. */
  entry: string;
  trigger: Trigger;
  may: readonly Grant[];
  memoryMb: number;
  timeoutSeconds: number;
}

const page = (path: string): HttpRoute => ({ method: 'GET', path, caller: 'public' });

/** Every function, once. This computer and AWS are both built from it. */
export const functions: Record<string, FunctionSpec> = {
  'business-api': {
    entry: 'functions/business/api.ts',
    trigger: { kind: 'http', routes: businessRoutes },
    may: ['table:read'],
    memoryMb: 512,
    timeoutSeconds: 10,
  },
  'settings-api': {
    entry: 'functions/api/settings.ts',
    trigger: { kind: 'http', routes: [...settingsRoutes, ...auditRoutes] },
    may: ['table:write'],
    // A whole processor: whoever changes the hours of a chain has two years of its appointments looked through.
    memoryMb: 1769,
    timeoutSeconds: 29,
  },
  'booking-availability': {
    entry: 'functions/api/public-reads.ts',
    trigger: { kind: 'http', routes: availabilityRoutes },
    may: ['table:read'],
    memoryMb: 1024,
    timeoutSeconds: 15,
  },
  'booking-api': {
    entry: 'functions/api/public.ts',
    trigger: { kind: 'http', routes: [...bookingRoutes, ...waitingRoutes] },
    may: ['table:write', 'link-keys:read'],
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
  'diary-api': {
    entry: 'functions/api/staff.ts',
    trigger: { kind: 'http', routes: [...diaryRoutes, ...seriesRoutes, ...waitingDeskRoutes] },
    may: ['table:write'],
    memoryMb: 512,
    timeoutSeconds: 15,
  },
  'clients-api': {
    entry: 'functions/clients/api.ts',
    trigger: { kind: 'http', routes: clientRoutes },
    may: ['table:write'],
    memoryMb: 512,
    timeoutSeconds: 15,
  },
  'messages-plan': {
    entry: 'functions/stream/consequences.ts',
    trigger: {
      kind: 'stream',
      entities: followedEntities,
    },
    may: ['table:read', 'outbox:send', 'schedules:manage'],
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  'messages-deliver': {
    entry: 'functions/queue/messages.ts',
    trigger: { kind: 'outbox' },
    may: ['table:write', 'link-keys:read', 'schedules:manage', 'mail:send', 'text:send', 'public-url'],
    memoryMb: 512,
    timeoutSeconds: 30,
  },
  'messages-feedback': {
    entry: 'functions/topic/feedback.ts',
    trigger: { kind: 'feedback' },
    may: ['table:write'],
    memoryMb: 256,
    timeoutSeconds: 30,
  },
  'messages-incoming': {
    entry: 'functions/topic/incoming-texts.ts',
    trigger: { kind: 'incoming-texts' },
    may: ['table:write', 'outbox:send'],
    memoryMb: 256,
    timeoutSeconds: 30,
  },
  'messages-api': {
    entry: 'functions/messages/api.ts',
    trigger: { kind: 'http', routes: messageRoutes },
    may: ['table:write', 'link-keys:read', 'outbox:send'],
    memoryMb: 512,
    timeoutSeconds: 15,
  },
  'reviews-api': {
    entry: 'functions/reviews/api.ts',
    trigger: { kind: 'http', routes: reviewRoutes },
    may: ['table:write', 'link-keys:read'],
    memoryMb: 512,
    timeoutSeconds: 15,
  },
  'document-api': {
    entry: 'functions/api/document.ts',
    trigger: { kind: 'http', routes: [...documentRoutes, page('/docs')] },
    may: [],
    memoryMb: 256,
    timeoutSeconds: 10,
  },
  'web-pages': {
    entry: 'functions/pages/site.ts',
    trigger: { kind: 'http', routes: pageRoutes },
    may: ['table:write', 'link-keys:read'],
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
};
