import { queueNames, queueOf } from '../../shared/background/kinds.ts';
import { linkKeysOf, linkKeysParameter } from '../../shared/platform/tokens/link-keys.ts';
import { functions as allFunctions } from '../manifest.ts';
import { openTable } from './engine/table-place.ts';
import { fillTable } from './fill-table.ts';
import { startGateway } from './gateway/gateway.ts';
import { createIdentity, type Identity, tokenSecret } from './gateway/identity.ts';
import type { RunningSystem, System, SystemOptions } from './running-system.ts';
import { installClock } from './runtime/clock.ts';
import { setEnvironment } from './runtime/environment.ts';
import { captureLog } from './runtime/function-log.ts';
import { type Functions, loadFunctions } from './runtime/functions.ts';
import { startPump } from './runtime/pump.ts';
import { once } from './runtime/repeat.ts';
import { slowWatch } from './runtime/watch.ts';
import { cognitoService } from './services/api/cognito.ts';
import { schedulerService } from './services/api/scheduler.ts';
import { type Emulator, type Faults, startEmulator } from './services/api/server.ts';
import { sesService } from './services/api/ses.ts';
import { sesv2Service } from './services/api/sesv2.ts';
import { snsService } from './services/api/sns.ts';
import { sqsService } from './services/api/sqs.ts';
import { ssmService } from './services/api/ssm.ts';
import { type FeedbackKind, feedbackEvent, naturalFeedback, noteSuppressed } from './services/feedback.ts';
import { incomingTextEvent } from './services/incoming-text.ts';
import { prepareLinkKeys } from './services/link-keys.ts';
import type { Message } from './services/mailbox.ts';
import { groupsByTrigger } from './services/pool/trigger.ts';
import { deliverQueue } from './services/queue-delivery.ts';
import { openDataDir } from './state/data-dir.ts';
import { openStores, type Stores } from './state/stores.ts';
import { loadSystemState } from './state/system-state.ts';
import { type Undo, undoable } from './state/undo.ts';

export type { System, SystemOptions } from './running-system.ts';

const startAws = (
  stores: Stores,
  { functions, identity, now }: { functions: Functions; identity: Identity; now: () => number },
  report: (kind: FeedbackKind, mail: Message) => void,
  suppressed: Set<string>,
  faults: Faults | undefined,
): Promise<Emulator> => {
  const { mailbox, schedules, queues, parameters, users, sessions } = stores;
  const ses = sesService(mailbox, (mail) => {
    for (const kind of naturalFeedback(mail, suppressed)) report(kind, mail);
  });
  const services = {
    ses,
    sesv2: sesv2Service(suppressed),
    sqs: sqsService(queues),
    sns: snsService(mailbox),
    scheduler: schedulerService(schedules),
    ssm: ssmService(parameters),
    cognito: cognitoService({ users, sessions, identity, mailbox, groupsFor: groupsByTrigger(functions), now }),
  };
  return startEmulator(services, faults);
};

const assemble = async (options: SystemOptions, undo: Undo): Promise<RunningSystem> => {
  const { functions: manifest = allFunctions, repeatTriggers: repeat = once, startAt = Date.now() } = options;
  const { patience = 1 } = options;
  const files = options.dataDir === undefined ? undefined : openDataDir(options.dataDir);
  if (files) undo(files.release);
  const saved = loadSystemState(files?.state);

  const clock = installClock(saved?.clockOffset ?? startAt - Date.now());
  undo(clock.restore);
  undo(slowWatch(patience));
  const log = captureLog(files?.log);
  undo(log.release);

  const { tableName: named, anew = false } = options;
  const table = await openTable({ file: files?.table, tableName: named, anew }, undo);
  const functions = loadFunctions(manifest, patience, options.runtime);
  const stores = openStores({ clock, functions, table, repeat, files, saved }, undo);
  const { mailbox, schedules, queues, topic, texts } = stores;
  const bothQueues = Object.values(queues);
  const suppressed = new Set<string>();
  const report = (kind: FeedbackKind, mail: Message): void => {
    noteSuppressed(suppressed, kind, mail);
    topic.publish(feedbackEvent(kind, mail, clock.now()));
  };
  const identity = createIdentity(tokenSecret(files?.secret), clock.now);
  const emulator = await startAws(stores, { functions, identity, now: clock.now }, report, suppressed, options.faults);
  undo(emulator.close);
  await prepareLinkKeys(table.tableName, table.endpoint, emulator);
  if (table.fresh && options.fill) await fillTable(table, emulator, stores.stream, options.fill, files?.filling);

  let system: RunningSystem | undefined;
  let wake = (): void => {};
  const gateway = await startGateway({
    functions,
    identity,
    port: options.port ?? 0,
    orNext: options.orNextPort ?? false,
    beside: (request, response, url) =>
      system !== undefined && (options.beside?.(system, request, response, url) ?? false),
    onAnswered: () => wake(),
  });
  undo(gateway.close);
  const { tableName, endpoint: dynamoEndpoint } = table;
  undo(setEnvironment({ tableName, publicUrl: gateway.url, dynamoEndpoint, emulator }));

  const pump = startPump({
    clock,
    schedules,
    queues,
    deliveries: [
      stores.stream.pump,
      ...queueNames.map((name) => () => deliverQueue(name, queues[name], functions, repeat)),
      topic.pump,
      texts.pump,
    ],
    changed: stores.changed,
  });
  undo(pump.stop);
  wake = pump.wake;

  system = {
    url: gateway.url,
    tableName,
    dynamoEndpoint,
    fresh: table.fresh,
    linkKeys: () => linkKeysOf(stores.parameters.get(linkKeysParameter(tableName)).value),
    clock: { now: clock.now },
    windTo: pump.windTo,
    windBy: (milliseconds, onProgress) => pump.windTo(clock.now() + milliseconds, onProgress),
    settle: pump.settle,
    mailbox,
    schedules: schedules.upcoming,
    outbox: () => bothQueues.flatMap((queue) => queue.waiting()),
    enqueue: (message) => {
      queues[queueOf(message)].send(JSON.stringify(message), 0);
      pump.wake();
    },
    deadLetters: () => bothQueues.flatMap((queue) => queue.dead()),
    redrive: () => {
      const redriven = bothQueues.reduce((count, queue) => count + queue.redrive(), 0);
      pump.wake();
      return redriven;
    },
    failedRecords: () => stores.failedRecords,
    failedNotices: () => stores.failedNotices,
    fired: pump.fired,
    logs: log.lines,
    token: identity.token,
    users: stores.users.all,
    invite: (email) => stores.users.create(email).sub,
    invoke: functions.invoke,
    publishFeedback: (kind, messageId) => {
      const mail = mailbox.list({ channel: 'email' }).find((message) => message.id === messageId);
      if (mail) report(kind, mail);
      pump.wake();
      return mail !== undefined;
    },
    receiveText: (from, body) => {
      texts.publish(incomingTextEvent(from, body, clock.now()));
      pump.wake();
    },
    warm: functions.loadAll,
  };
  return system;
};

let running = false;

/**
 * Runs the manifest's functions on this computer. One system at a time per process, because functions share
 * the process's environment and clock.
 */
export const startSystem = async (options: SystemOptions = {}): Promise<System> => {
  if (running) throw new Error('A local system is already running in this process; close it first');
  running = true;
  try {
    const { value, undoAll } = await undoable((undo) => assemble(options, undo));
    let closed: Promise<void> | undefined;
    return {
      ...value,
      close: () => {
        closed ??= undoAll().finally(() => {
          running = false;
        });
        return closed;
      },
    };
  } catch (error) {
    running = false;
    throw error;
  }
};
