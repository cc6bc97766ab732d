import { publicReadRoutes, publicRoutes } from '../shared/contracts.ts';
import { documentRoutes } from '../shared/document/contract.ts';
import { followedEntities } from '../shared/entities.ts';
import { sessionRoutes } from '../shared/session/contract.ts';
import { documentPageRoute, pageRoutes } from '../web/routes.ts';
import { type HttpRoute, openRoutes, signedInRoutes } from './routes.ts';

export type Trigger =
  | { kind: 'http'; routes: readonly HttpRoute[] }
  /** Records of the table's stream whose entity is one of these. */
  | { kind: 'stream'; entities: readonly string[] }
  /** A queue of due work. */
  | { kind: 'queue'; queue: 'messages' | 'background' }
  /** The topic to which SES publishes bounces, complaints and deliveries. */
  | { kind: 'feedback' }
  /** The topic to which AWS End User Messaging publishes what clients text. */
  | { kind: 'incoming-texts' }
  /** The user pool, before it issues tokens: which groups they carry. */
  | { kind: 'tokens' };

/** Rights of a function: each becomes the narrowest policy that allows it and the variable that names it. */
export type Grant =
  | 'table:read' // TABLE_NAME
  | 'table:write' // TABLE_NAME; read, too
  | 'outbox:send' // OUTBOX_QUEUE_URL, the queue of messages
  | 'background:send' // BACKGROUND_QUEUE_URL
  | 'schedules:manage' // SCHEDULE_GROUP, SCHEDULE_ROLE_ARN, and of each queue {MESSAGES,BACKGROUND}_TARGET_ARN and _DLQ_ARN
  | 'mail:send' // SENDER_ADDRESS, CONFIGURATION_SET
  | 'text:send'
  | 'suppressions:lift' // takes addresses off SES's own list of those that bounced or complained
  | 'link-keys:read' // LINK_KEYS_PARAMETER: of the keys that sign clients' links; for functions that sign or verify
  | 'people:manage' // USER_POOL_ID
  | 'people:sign-in' // USER_POOL_CLIENT_ID; the pool's calls that anybody may make need no right
  | 'people:look-up' // asks the pool that calls about one of its users
  | 'public-url'; // PUBLIC_URL: what links begin with, without a trailing slash; a request's own Host is never believed

/**
 * Receives after which a message of a queue is a dead letter: half an hour at the visibility timeout of a consumer with
 * 30 seconds. Receives count also where Lambda has no concurrent execution left in the account, or SES throttles; five of
 * them, a quarter of an hour, are over before a rush of visitors is.
 */
export const maxReceives = 10;

export interface FunctionSpec {
  /** The file that exports `handler`. */
  entry: string;
  trigger: Trigger;
  may: readonly Grant[];
  memoryMb: number;
  timeoutSeconds: number;
}

export type Manifest = Readonly<Record<string, FunctionSpec>>;

/** Every function, once, by what starts it and what it may do. This computer and AWS are both built from it. */
export const functions: Manifest = {
  'public-reads': {
    entry: 'functions/api/public-reads.ts',
    trigger: { kind: 'http', routes: openRoutes(publicReadRoutes) },
    may: ['table:read'],
    memoryMb: 1024,
    timeoutSeconds: 15,
  },
  public: {
    entry: 'functions/api/public.ts',
    trigger: { kind: 'http', routes: openRoutes(publicRoutes) },
    may: ['table:write', 'link-keys:read', 'public-url'],
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
  staff: {
    entry: 'functions/api/staff.ts',
    trigger: { kind: 'http', routes: signedInRoutes('/v1/{proxy+}') },
    may: ['table:write', 'outbox:send', 'suppressions:lift'],
    memoryMb: 512,
    timeoutSeconds: 15,
  },
  settings: {
    entry: 'functions/api/settings.ts',
    trigger: {
      kind: 'http',
      routes: signedInRoutes('/v1/settings', '/v1/settings/{proxy+}', '/v1/audit', '/v1/audit/{proxy+}'),
    },
    may: ['table:write'],
    // A whole processor: whoever changes the hours of a chain has two years of its appointments looked through.
    memoryMb: 1769,
    timeoutSeconds: 29,
  },
  people: {
    entry: 'functions/api/people.ts',
    trigger: { kind: 'http', routes: signedInRoutes('/v1/people', '/v1/people/{proxy+}') },
    // The only one that may let somebody in.
    may: ['table:write', 'people:manage'],
    memoryMb: 512,
    timeoutSeconds: 29,
  },
  session: {
    entry: 'functions/api/session.ts',
    trigger: { kind: 'http', routes: [...openRoutes(sessionRoutes), ...signedInRoutes('/v1/session/{proxy+}')] },
    may: ['table:write', 'link-keys:read', 'people:sign-in', 'public-url'],
    memoryMb: 512,
    timeoutSeconds: 29,
  },
  'token-groups': {
    entry: 'functions/pool/token-groups.ts',
    trigger: { kind: 'tokens' },
    may: ['people:look-up'],
    memoryMb: 512,
    // Cognito waits no longer.
    timeoutSeconds: 5,
  },
  document: {
    entry: 'functions/api/document.ts',
    trigger: { kind: 'http', routes: openRoutes([...documentRoutes, documentPageRoute]) },
    may: ['public-url'],
    memoryMb: 256,
    timeoutSeconds: 10,
  },
  site: {
    entry: 'functions/pages/site.ts',
    trigger: { kind: 'http', routes: openRoutes(pageRoutes) },
    may: ['table:write', 'link-keys:read', 'public-url'],
    memoryMb: 1024,
    timeoutSeconds: 29,
  },
  consequences: {
    entry: 'functions/stream/consequences.ts',
    trigger: {
      kind: 'stream',
      entities: followedEntities,
    },
    may: ['table:read', 'outbox:send', 'background:send', 'schedules:manage'],
    memoryMb: 512,
    timeoutSeconds: 60,
  },
  messages: {
    entry: 'functions/queue/messages.ts',
    trigger: { kind: 'queue', queue: 'messages' },
    // The only one that may send to clients. It passes on what belongs into the other queue.
    may: [
      'table:write',
      'link-keys:read',
      'background:send',
      'schedules:manage',
      'mail:send',
      'text:send',
      'public-url',
    ],
    memoryMb: 512,
    timeoutSeconds: 30,
  },
  background: {
    entry: 'functions/queue/background.ts',
    trigger: { kind: 'queue', queue: 'background' },
    may: ['table:write', 'schedules:manage'],
    memoryMb: 512,
    timeoutSeconds: 30,
  },
  feedback: {
    entry: 'functions/topic/feedback.ts',
    trigger: { kind: 'feedback' },
    may: ['table:write'],
    memoryMb: 256,
    timeoutSeconds: 30,
  },
  'incoming-texts': {
    entry: 'functions/topic/incoming-texts.ts',
    trigger: { kind: 'incoming-texts' },
    may: ['table:write', 'outbox:send'],
    memoryMb: 256,
    timeoutSeconds: 30,
  },
};
