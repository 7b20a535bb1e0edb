import { setTimeout } from 'node:timers/promises';
import type { Operation, RequestOf, ResponseOf, ServiceName } from '@natter/contracts';
import type { BusLogger } from '../bus-logger.ts';
import type { CallContext } from '../call-context.ts';
import type { Connection } from '../connection/connection.ts';
import { jittered } from '../jitter.ts';
import { operationSubject } from '../subject.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
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
  subject: string;
  body: string;
  timeoutMs: number;
  context: CallContext;
}

/** Asks other services, each through a bulkhead and, inside it, a breaker of its own. */
export class Caller {
  readonly #connection: Connection;
  readonly #prefix: string;
  readonly #name: string;
  readonly #logger: BusLogger;
  readonly #remotes = new Map<ServiceName, Remote>();

  constructor(connection: Connection, options: { prefix: string; name: string; logger: BusLogger }) {
    this.#connection = connection;
    this.#prefix = options.prefix;
    this.#name = options.name;
    this.#logger = options.logger;
  }

  async call<O extends Operation>(
    operation: O,
    request: RequestOf<O>,
    context: CallContext,
  ): Promise<ResponseOf<O>> {
    const { bulkhead, breaker } = this.#remote(operation.service);
    const attempt = {
      subject: operationSubject(this.#prefix, operation),
      body: JSON.stringify(request),
      timeoutMs: operation.timeoutMs,
      context,
    };
    const progress: Progress = {
      effect: operation.effect,
      repeatable: () => isRepeatable(operation, request),
      noResponders: 0,
      mayHaveRun: false,
    };
    // The service checked what it answered against the schema: see `serve`.
    return bulkhead.run(() => this.#untilFinal(attempt, breaker, progress)) as Promise<ResponseOf<O>>;
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
      await setTimeout(jittered(delayMs));
    }
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

  async #ask({ subject, body, timeoutMs, context }: Attempt) {
    const remainingMs = context.deadline.remainingMs();
    const options = {
      headers: requestHeaders({ requestId: context.requestId, remainingMs, caller: this.#name }),
      timeout: Math.max(1, Math.min(timeoutMs, remainingMs)),
    };
    return readReply(await this.#connection.use(() => this.#connection.nats.request(subject, body, options)));
  }

  #remote(service: ServiceName): Remote {
    const known = this.#remotes.get(service);
    if (known) return known;
    const remote = { bulkhead: new Bulkhead(maxInFlight), breaker: createBreaker(service, this.#logger) };
    this.#remotes.set(service, remote);
    return remote;
  }
}

function isRepeatable<O extends Operation>(operation: O, request: RequestOf<O>): boolean {
  const parsed = operation.request.safeParse(request);
  return parsed.success && operation.repeatable(parsed.data);
}
