import * as z from 'zod';
import { roles } from '../../../shared/platform/http/contract.ts';
import { instantOf } from '../../../shared/platform/time/time.ts';
import type { RunningSystem } from '../running-system.ts';
import type { Progress } from '../runtime/pump.ts';
import { feedbackKinds } from '../services/feedback.ts';
import type { Message } from '../services/mailbox.ts';

export interface WorkbenchAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Winding under way. Instants in milliseconds. */
interface Winding {
  from: number;
  now: number;
  target: number;
  fired: number;
  /** Messages sent on the way. */
  sent: number;
}

const messagesShown = 200;
const schedulesShown = 200;
const firedShown = 100;
const forgetMs = 366 * 86_400_000;

const json = (status: number, value: unknown): WorkbenchAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const windInput = z.union([
  z.strictObject({ by: z.int().positive() }),
  z.strictObject({ to: z.int() }),
  z.strictObject({ next: z.literal(true) }),
  z.strictObject({ local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/), zone: z.string() }),
]);
const tokenInput = z.strictObject({ role: z.enum(roles) });
const feedbackInput = z.strictObject({ kind: z.enum(feedbackKinds), messageId: z.string() });

const textInput = z.strictObject({ from: z.string().regex(/^\+[1-9]\d{4,14}$/), body: z.string().min(1).max(1600) });

const parsed = <T extends z.ZodType>(schema: T, text: string): z.output<T> | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The next instant at which something falls due. */
const nextDue = (system: RunningSystem): number | undefined => {
  const later = system.outbox().map((message) => message.visibleAt);
  const due = [system.schedules()[0]?.dueAt, ...later.filter((visibleAt) => visibleAt > system.clock.now())];
  const instants = due.filter((instant) => instant !== undefined);
  return instants.length === 0 ? undefined : Math.min(...instants);
};

const targetOf = (system: RunningSystem, input: z.output<typeof windInput>): number | undefined => {
  if ('by' in input) return system.clock.now() + input.by;
  if ('to' in input) return input.to;
  if ('next' in input) return nextDue(system);
  const [date = '', time = ''] = input.local.split('T');
  try {
    return instantOf(date, time, input.zone);
  } catch {
    return undefined;
  }
};

const stateOf = (system: RunningSystem, winding: Winding | undefined, lastWinding: Winding | undefined) => {
  const schedules = system.schedules();
  const messages = system.mailbox.list();
  return {
    now: system.clock.now(),
    winding: winding ?? null,
    lastWinding: lastWinding ?? null,
    next: nextDue(system) ?? null,
    schedules: schedules.slice(0, schedulesShown).map(({ name, dueAt, input }) => ({ name, dueAt, input })),
    scheduleCount: schedules.length,
    outbox: system.outbox(),
    deadLetters: system.deadLetters(),
    failedRecords: system.failedRecords(),
    failedNotices: system.failedNotices(),
    fired: system.fired().slice(-firedShown).reverse(),
    messageCount: messages.length,
    lastMessage: messages.at(-1)?.id ?? null,
  };
};

const summaryOf = ({ raw: _, html, ...message }: Message) => ({ ...message, hasHtml: html !== '' });

const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

const mailPage = (message: Message): WorkbenchAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy },
  body: `<base target="_blank">${message.html}`,
});

/** The answers behind `/_local/api/`; `undefined` where there is no such thing. */
export const createWorkbenchApi = () => {
  let winding: Winding | undefined;
  let lastWinding: Winding | undefined;

  const wind = (system: RunningSystem, text: string): WorkbenchAnswer => {
    const input = parsed(windInput, text);
    if (!input) return json(400, { message: 'Say by, to, next, or local and zone' });
    if (winding) return json(409, { message: 'The clock is on its way already' });
    const target = targetOf(system, input);
    const from = system.clock.now();
    if (target === undefined) return json(422, { message: 'There is no such time' });
    if (target < from) return json(422, { message: 'The clock only goes forward' });
    if (target > from + forgetMs) return json(422, { message: 'At most a year at once' });
    const mine: Winding = { from, now: from, target, fired: 0, sent: 0 };
    const before = system.mailbox.list().length;
    const progressed = (progress: Progress): void => {
      Object.assign(mine, progress, { sent: Math.max(0, system.mailbox.list().length - before) });
    };
    winding = mine;
    system
      .windTo(target, progressed)
      .catch((error: unknown) => console.error('Winding failed:', error))
      .finally(() => {
        lastWinding = mine;
        winding = undefined;
      });
    return json(202, { target });
  };

  const issueToken = (system: RunningSystem, text: string): WorkbenchAnswer => {
    const input = parsed(tokenInput, text);
    return input
      ? json(200, { token: system.token(input.role) })
      : json(400, { message: `Say a role: ${roles.join(', ')}` });
  };

  const giveFeedback = (system: RunningSystem, text: string): WorkbenchAnswer => {
    const input = parsed(feedbackInput, text);
    if (!input) return json(400, { message: `Say messageId and kind: ${feedbackKinds.join(', ')}` });
    return system.publishFeedback(input.kind, input.messageId)
      ? json(202, {})
      : json(404, { message: 'There is no such mail' });
  };

  const receiveText = (system: RunningSystem, text: string): WorkbenchAnswer => {
    const input = parsed(textInput, text);
    if (!input) return json(400, { message: 'Say from, a phone as +17185550100, and body' });
    system.receiveText(input.from, input.body);
    return json(202, {});
  };

  return async (system: RunningSystem, route: string, body: string): Promise<WorkbenchAnswer | undefined> => {
    switch (route) {
      case 'GET /state':
        return json(200, stateOf(system, winding, lastWinding));
      case 'GET /messages':
        return json(200, { messages: system.mailbox.list().slice(-messagesShown).reverse().map(summaryOf) });
      case 'POST /mailbox/clear':
        system.mailbox.clear();
        return json(200, {});
      case 'POST /wind':
        return wind(system, body);
      case 'POST /token':
        return issueToken(system, body);
      case 'POST /feedback':
        return giveFeedback(system, body);
      case 'POST /text':
        return receiveText(system, body);
    }
    const [, id, part] = /^GET \/messages\/([^/]+)\/(html|raw)$/.exec(route) ?? [];
    const message = id ? system.mailbox.list().find((candidate) => candidate.id === id) : undefined;
    if (!message) return undefined;
    return part === 'html'
      ? mailPage(message)
      : { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message.raw };
  };
};
