import { setTimeout } from 'node:timers/promises';
import type { Operation, RequestOf, ResponseOf, ServiceName } from '@natter/contracts';
import type { BusLogger } from '../bus-logger.ts';
import type { BusObserver } from '../bus-observer.ts';
import type { CallContext } from '../call-context.ts';
import type { Connection } from '../connection/connection.ts';
import { jittered } from '../jitter.ts';
import { operationSubject } from '../subject.ts';
import { inCallSpan, noteRepeat } from '../tracing/spans.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import { observe } from './observe.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { failureOf, noteOutcome, type Progress, repeatAfterMs } from './retry.ts';
import { readReply, requestHeaders } from './wire.ts';

/** Calls that one process has under way at one remote service. */
const maxInFlight = 512;

interface Remote {
  bulkhead: Bulkhead;
  breaker: Breaker;
}

interface Attempt {
  operation: Operation;
  subject: string;
  body: string;
  context: CallContext;
}

export interface CallerOptions {
  prefix: string;
  /** Of who asks. */
  name: string;
  logger: BusLogger;
  observer: BusObserver;
}

/** Asks other services, each through a bulkhead and, inside it, a breaker of its own. */
export class Caller {
  readonly #connection: Connection;
  readonly #options: CallerOptions;
  readonly #remotes = new Map<ServiceName, Remote>();

  constructor(connection: Connection, options: CallerOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  async call<O extends Operation>(
    operation: O,
    request: RequestOf<O>,
    context: CallContext,
  ): Promise<ResponseOf<O>> {
    const { bulkhead, breaker } = this.#remote(operation.service);
    const attempt = {
      operation,
      subject: operationSubject(this.#options.prefix, operation),
      body: JSON.stringify(request),
      context,
    };
    const progress: Progress = {
      effect: operation.effect,
      repeatable: () => isRepeatable(operation, request),
      noResponders: 0,
      mayHaveRun: false,
    };
    const work = () => bulkhead.run(() => this.#untilFinal(attempt, breaker, progress));
    const answer = observe(this.#options.observer.calling(operation), () => inCallSpan(operation, work));
    // The service checked what it answered against the schema: see `serve`.
    return answer as Promise<ResponseOf<O>>;
  }

  stop(): void {
    for (const { breaker } of this.#remotes.values()) breaker.stop();
  }

  async #untilFinal(attempt: Attempt, breaker: Breaker, progress: Progress): Promise<unknown> {
    for (;;) {
      const outcome = await this.#try(attempt, breaker);
      if (outcome.kind === 'answered') return outcome.response;
      noteOutcome(progress, outcome);
      const delayMs = repeatAfterMs(outcome, progress, attempt.context.deadline.remainingMs());
      if (delayMs === undefined) throw failureOf(outcome, progress);
      this.#noteRepeat(attempt, outcome);
      await setTimeout(jittered(delayMs));
    }
  }

  #noteRepeat({ operation }: Attempt, { kind }: Outcome): void {
    if (kind !== 'no-responders' && kind !== 'timed-out') return;
    this.#options.observer.repeating(operation, kind);
    noteRepeat(kind);
  }

  async #try(attempt: Attempt, breaker: Breaker): Promise<Outcome> {
    const { deadline } = attempt.context;
    if (deadline.expired) {
      return { kind: 'not-sent', cause: new Error('the deadline is over'), retryAfter: 1 };
    }
    try {
      return await breaker.run(() => this.#ask(attempt));
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async #ask({ operation, subject, body, context }: Attempt) {
    const remainingMs = context.deadline.remainingMs();
    const options = {
      headers: requestHeaders({ requestId: context.requestId, remainingMs, caller: this.#options.name }),
      timeout: Math.max(1, Math.min(operation.timeoutMs, remainingMs)),
    };
    return readReply(await this.#connection.use(() => this.#connection.nats.request(subject, body, options)));
  }

  #remote(service: ServiceName): Remote {
    const known = this.#remotes.get(service);
    if (known) return known;
    const remote = { bulkhead: new Bulkhead(maxInFlight), breaker: createBreaker(service, this.#options) };
    this.#remotes.set(service, remote);
    return remote;
  }
}

function isRepeatable<O extends Operation>(operation: O, request: RequestOf<O>): boolean {
  const parsed = operation.request.safeParse(request);
  return parsed.success && operation.repeatable(parsed.data);
}
