import { setTimeout } from 'node:timers/promises';
import type { Operation, RequestOf, ResponseOf, ServiceName } from '@natter/contracts';
import type { BusLogger } from '../bus-logger.ts';
import type { BusObserver } from '../bus-observer.ts';
import type { CallContext } from '../call-context.ts';
import type { Connection } from '../connection/connection.ts';
import { jittered } from '../jitter.ts';
import { instanceSubject, operationSubject } from '../subject.ts';
import { inCallSpan, noteRepeat } from '../tracing/spans.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import type { Instances } from './instances.ts';
import { observe } from './observe.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { follow } from './presence.ts';
import { failureOf, noteOutcome, type Progress, repeatAfterMs } from './retry.ts';
import { readReply, requestHeaders } from './wire.ts';

/** Calls that one process has under way at one remote service. */
const maxInFlight = 512;

interface Remote {
  bulkhead: Bulkhead;
  breaker: Breaker;
  /** Followed from the first call on that has an affinity. */
  instances?: Instances;
}

interface Question {
  operation: Operation;
  /** Questions that share it had best go to the same instance. */
  affinity: string | undefined;
  body: Uint8Array;
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
    const remote = this.#remote(operation.service);
    const affinity = operation.affinity?.(request);
    const question = { operation, affinity, body: Buffer.from(JSON.stringify(request)), context };
    const progress: Progress = {
      effect: operation.effect,
      repeatable: () => isRepeatable(operation, request),
      noResponders: 0,
      mayHaveRun: false,
    };
    const work = () => remote.bulkhead.run(() => this.#untilFinal(question, remote, progress));
    const ended = this.#options.observer.calling(operation);
    const answer = await observe(ended, () => inCallSpan(operation, work));
    // The service checked what it answered against the schema: see `serve`.
    return answer as ResponseOf<O>;
  }

  stop(): void {
    for (const { breaker } of this.#remotes.values()) breaker.stop();
  }

  async #untilFinal(question: Question, remote: Remote, progress: Progress): Promise<unknown> {
    for (;;) {
      const instance = this.#choose(question, remote);
      const outcome = await this.#try(question, instance, remote.breaker);
      if (outcome.kind === 'answered') return outcome.response;
      if (instance !== undefined && isSilence(outcome)) {
        remote.instances?.forget(instance);
        // It is gone; whoever else serves has not been asked yet.
        if (outcome.kind === 'no-responders') continue;
      }
      noteOutcome(progress, outcome);
      const delayMs = repeatAfterMs(outcome, progress, question.context.deadline.remainingMs());
      if (delayMs === undefined) throw failureOf(outcome, progress);
      this.#noteRepeat(question, outcome);
      await setTimeout(jittered(delayMs));
    }
  }

  /** The instance to ask; undefined where any of the queue group will do. */
  #choose({ operation, affinity }: Question, remote: Remote): string | undefined {
    if (affinity === undefined || !this.#connection.connected) return undefined;
    remote.instances ??= follow(this.#connection, this.#options.prefix, operation.service);
    return remote.instances.choose(affinity);
  }

  #noteRepeat({ operation }: Question, outcome: Outcome): void {
    if (!isSilence(outcome)) return;
    this.#options.observer.repeating(operation, outcome.kind);
    noteRepeat(outcome.kind);
  }

  async #try(question: Question, instance: string | undefined, breaker: Breaker): Promise<Outcome> {
    const { deadline } = question.context;
    if (deadline.expired) {
      return { kind: 'not-sent', cause: new Error('the deadline is over'), retryAfter: 1 };
    }
    try {
      return await breaker.run(() => this.#ask(question, instance));
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async #ask({ operation, body, context }: Question, instance: string | undefined) {
    await this.#connection.endOfTurn.reached();
    const { prefix } = this.#options;
    const subject =
      instance === undefined
        ? operationSubject(prefix, operation)
        : instanceSubject(prefix, operation, instance);
    const remainingMs = context.deadline.remainingMs();
    const { requestId, address } = context;
    const headers = requestHeaders({ requestId, remainingMs, caller: this.#options.name, address });
    const timeoutMs = Math.max(1, Math.min(operation.timeoutMs, remainingMs));
    return readReply(await this.#connection.ask({ subject, body, headers, timeoutMs }));
  }

  #remote(service: ServiceName): Remote {
    const known = this.#remotes.get(service);
    if (known) return known;
    const remote = { bulkhead: new Bulkhead(maxInFlight), breaker: createBreaker(service, this.#options) };
    this.#remotes.set(service, remote);
    return remote;
  }
}

function isSilence(outcome: Outcome): outcome is Outcome & { kind: 'no-responders' | 'timed-out' } {
  return outcome.kind === 'no-responders' || outcome.kind === 'timed-out';
}

function isRepeatable<O extends Operation>(operation: O, request: RequestOf<O>): boolean {
  const parsed = operation.request.safeParse(request);
  return parsed.success && operation.repeatable(parsed.data);
}
