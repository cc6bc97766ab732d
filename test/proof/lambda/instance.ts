import { EventEmitter } from 'node:events';
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Readable } from 'node:stream';
import type { Context } from 'aws-lambda';
import type { Handler } from '../../../infra/local/runtime/functions.ts';
import type { Dice } from '../dice.ts';
import { type AwsCall, awsCall, changes } from './aws-call.ts';
import type { Instantiate } from './bundle-script.ts';
import type { Death, Invocation, Ledger } from './ledger.ts';
import { messageEffect } from './message-effects.ts';
import { errorFor, type FakeAnswer, hidesSuccess, isDone, type Mishap, mishapFor, type Rates } from './mishaps.ts';

/** The function's process is gone; whatever triggered it hears that it failed. */
export class Killed extends Error {
  constructor() {
    super('Runtime exited without providing a reason');
    this.name = 'Runtime.ExitError';
  }
}

/** What fate has in store for one invocation. */
export interface Fate {
  dice: Dice;
  rates: Rates;
  /** The ordinal of the call, or of the call that changes something, at which the function dies; and how. */
  death: { of: 'calls' | 'writes'; ordinal: number; how: Death } | undefined;
}

type OnResponse = (response: IncomingMessage) => void;

/** How much faster than life a function waits between its attempts; its time limits stay. */
const haste = 10;
const longestPause = 5_000;
/** A call that was on its way when its function died is done within so many milliseconds. */
const underWayAtMost = 20;
const lateAtMost = 40;

const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });

const broken = (code: string): Error => Object.assign(new Error('As the harness wants it'), { code });

/** A request that goes nowhere; `done` gets its body. */
class Unsent extends EventEmitter {
  readonly socket = undefined;
  private readonly done: (body: string) => void;
  constructor(done: (body: string) => void = () => {}) {
    super();
    this.done = done;
  }
  end(body?: string | Buffer): this {
    this.done(body === undefined ? '' : body.toString());
    return this;
  }
  setTimeout(): this {
    return this;
  }
  destroy(): this {
    return this;
  }
}

const asResponse = ({ status, headers, body }: FakeAnswer): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(body)]), {
    statusCode: status,
    statusMessage: '',
    headers,
  }) as unknown as IncomingMessage;

const isLast = (
  fate: Fate,
  call: AwsCall,
  { calls, writes }: Invocation,
): fate is Fate & { death: NonNullable<Fate['death']> } => {
  if (fate.death?.of === 'writes') return changes(call) && writes === fate.death.ordinal;
  return fate.death?.ordinal === calls;
};

/** One instance of a function's code, as Lambda keeps it: it takes one event at a time, and its death ends all it does. */
export class Instance {
  private readonly handler: Handler;
  private readonly ledger: Ledger;
  private dead = false;
  private die: (reason: Killed) => void = () => {};
  private current: { invocation: Invocation; fate: Fate } | undefined;

  constructor(instantiate: Instantiate, ledger: Ledger) {
    this.ledger = ledger;
    const forbidden = () => {
      throw new Error('Nothing may leave this computer');
    };
    const ownHttp = { ...http, request: this.request.bind(this) };
    this.handler = instantiate({
      modules: { http: { ...ownHttp, default: ownHttp }, https: { ...http, request: forbidden } },
      setTimeout: (callback, milliseconds = 0) =>
        setTimeout(
          () => {
            if (!this.dead) callback();
          },
          milliseconds > longestPause ? milliseconds : milliseconds / haste,
        ),
    });
  }

  /** Throws Killed, and then the instance is of no more use. */
  async run(event: unknown, context: Context, invocation: Invocation, fate: Fate): Promise<unknown> {
    this.current = { invocation, fate };
    const death = new Promise<never>((_, reject) => {
      this.die = reject;
    });
    return Promise.race([(async () => this.handler(event, context))(), death]);
  }

  private kill(call: AwsCall, how: Death): void {
    if (this.dead || !this.current) return;
    this.dead = true;
    this.ledger.died(this.current.invocation, call, how);
    this.die(new Killed());
  }

  /** In place of `http.request`: the only way out that a function has. */
  private request(options: RequestOptions, onResponse: OnResponse): ClientRequest {
    const unsent = (done?: (body: string) => void) => new Unsent(done) as unknown as ClientRequest;
    if (this.dead || !this.current) return unsent();
    const { invocation, fate } = this.current;
    const call = awsCall(options);
    this.ledger.called(call);
    invocation.calls += 1;
    if (changes(call)) invocation.writes += 1;
    if (isLast(fate, call, invocation)) {
      const { how } = fate.death;
      if (how === 'after') {
        return this.send(options, call, invocation, undefined, (response) => {
          response.resume();
          this.kill(call, how);
        });
      }
      this.kill(call, how);
      if (how === 'before') return unsent();
      const delay = fate.dice() * underWayAtMost;
      const unheard = (response: IncomingMessage): void => void response.resume();
      return unsent((body) => {
        setTimeout(() => this.send(options, call, invocation, undefined, unheard).end(body), delay);
      });
    }
    const mishap = mishapFor(fate.dice, fate.rates);
    if (mishap) this.ledger.befell(invocation, call, mishap);
    if (isDone(mishap)) return this.sendThrough(options, call, invocation, fate, mishap, onResponse);
    const request: ClientRequest = unsent((body) => {
      setImmediate(() => {
        if (mishap === 'unreachable') request.emit('error', broken('ECONNREFUSED'));
        else if (mishap === 'timed-out') request.emit('error', broken('ETIMEDOUT'));
        else onResponse(asResponse(errorFor(mishap as 'throttled' | 'failed', call, body, fate.dice)));
      });
    });
    return request;
  }

  private sendThrough(
    options: RequestOptions,
    call: AwsCall,
    invocation: Invocation,
    { dice }: Fate,
    mishap: Mishap | undefined,
    onResponse: OnResponse,
  ): ClientRequest {
    const request = this.send(options, call, invocation, mishap, (response, body) => {
      if (this.dead) {
        response.resume();
      } else if (mishap === undefined) {
        onResponse(response);
      } else if (mishap === 'late') {
        setTimeout(() => {
          if (this.dead) response.resume();
          else onResponse(response);
        }, dice() * lateAtMost);
      } else {
        response.resume();
        if (mishap === 'lost') request.emit('error', broken('ECONNRESET'));
        else onResponse(asResponse(errorFor('failed-after', call, body, dice)));
      }
    });
    return request;
  }

  /** Lets the service do it, and writes down what it did. */
  private send(
    options: RequestOptions,
    call: AwsCall,
    invocation: Invocation,
    mishap: Mishap | undefined,
    answered: (response: IncomingMessage, body: string) => void,
  ): ClientRequest {
    let sent = '';
    const request = http.request({ ...options, agent }, (response) => {
      const effect = (response.statusCode ?? 500) < 300 ? messageEffect(call, sent) : undefined;
      if (effect) invocation.effects.push({ effect, answerHidden: hidesSuccess(mishap) });
      answered(response, sent);
    });
    const end = request.end.bind(request) as (body?: string | Buffer) => ClientRequest;
    request.end = ((body?: string | Buffer) => {
      sent = body === undefined ? '' : body.toString();
      return end(body);
    }) as ClientRequest['end'];
    request.on('error', () => {});
    return request;
  }
}
