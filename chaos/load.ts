import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessagePage } from '@natter/contracts';
import type { Random } from '../services/messaging/src/simulation/random.ts';
import { acknowledgementOf, type Send } from './ledger.ts';
import { type Answer, type Ask, type Question, succeeded } from './question.ts';

export type Operation = 'keyed' | 'unkeyed' | 'read' | 'list' | 'user';

export interface LoadPlan {
  readonly clients: number;
  /** Between an answer and the client's next question, in milliseconds. */
  readonly pauseMs: number;
  /** How often each is done, compared with the others. */
  readonly mix: Readonly<Record<Operation, number>>;
}

/** One question, how it was answered, and how long that took. */
export interface Exchange {
  readonly operation: Operation;
  /** By which the gateway's log knows it. */
  readonly requestId: string;
  readonly answer: Answer;
  /** By the monotonic clock of this process, in milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface LoadOptions {
  /** The beginning of every message and key; no two loads of a run have the same. */
  readonly name: string;
  /** One for each user; clients share them. */
  readonly users: readonly Ask[];
  readonly conversations: readonly string[];
  readonly plan: LoadPlan;
  readonly random: Random;
}

/** Clients that write and read until they are stopped, and remember everything. */
export class Load implements Disposable {
  readonly exchanges: Exchange[] = [];
  readonly sends: Send[] = [];
  /** Reads that did not show what had been acknowledged before. */
  readonly staleReads: string[] = [];
  readonly #options: LoadOptions;
  readonly #operations: readonly Operation[];
  readonly #stopping = new AbortController();
  readonly #acknowledged = new Map<string, number>();
  readonly #ended: Promise<unknown>;
  #abandoned = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    const { mix, clients } = options.plan;
    this.#operations = (Object.keys(mix) as Operation[]).flatMap((name) =>
      Array<Operation>(mix[name]).fill(name),
    );
    this.#ended = Promise.all(Array.from({ length: clients }, (_, index) => this.#run(index)));
  }

  get acknowledged(): number {
    return this.sends.filter(acknowledgementOf).length;
  }

  /** Resolves when what has a key is known to be stored. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }

  /** Repeats nothing more, whether it is known to be stored or not: of no effect after `stop`. */
  [Symbol.dispose](): void {
    this.#stopping.abort();
    this.#abandoned = true;
  }

  async #run(client: number): Promise<void> {
    const { users, plan, random, conversations } = this.#options;
    const ask = users[client % users.length] as Ask;
    for (let n = 1; !this.#stopping.signal.aborted; n += 1) {
      const operation = random.pick(this.#operations);
      const conversation = random.pick(conversations);
      if (operation === 'keyed' || operation === 'unkeyed')
        await this.#send(ask, operation, conversation, `${client}-${n}`);
      else if (operation === 'read') await this.#read(ask, conversation);
      else
        await this.#exchange(ask, operation, {
          method: 'GET',
          path: operation === 'list' ? '/api/v1/conversations' : '/api/v1/users/me',
        });
      await sleep(plan.pauseMs);
    }
  }

  async #send(ask: Ask, operation: 'keyed' | 'unkeyed', conversation: string, id: string): Promise<void> {
    const content = `${this.#options.name} ${id}`;
    const key = operation === 'keyed' ? `${this.#options.name}-${id}`.padEnd(16, '-') : undefined;
    const send: Send = { conversation, content, key, answers: [] };
    this.sends.push(send);
    const path = `/api/v1/conversations/${conversation}/messages`;
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    for (;;) {
      const answer = await this.#exchange(ask, operation, {
        method: 'POST',
        path,
        body: { content },
        headers,
      });
      send.answers.push(answer);
      if (key === undefined || succeeded(answer) || this.#abandoned) break;
      await sleep(this.#options.plan.pauseMs);
    }
    const seq = acknowledgementOf(send)?.seq ?? 0;
    this.#acknowledged.set(conversation, Math.max(seq, this.#acknowledged.get(conversation) ?? 0));
  }

  async #read(ask: Ask, conversation: string): Promise<void> {
    const known = this.#acknowledged.get(conversation) ?? 0;
    const path = `/api/v1/conversations/${conversation}/messages?limit=50`;
    const answer = await this.#exchange(ask, 'read', { method: 'GET', path });
    if (!succeeded(answer)) return;
    const { seq } = (answer.body as MessagePage).page;
    if (seq < known)
      this.staleReads.push(`${conversation} was read up to ${seq} when ${known} had been acknowledged`);
  }

  async #exchange(ask: Ask, operation: Operation, question: Question): Promise<Answer> {
    const requestId = randomUUID();
    const startedAt = performance.now();
    const answer = await ask({ ...question, headers: { ...question.headers, 'x-request-id': requestId } });
    this.exchanges.push({ operation, requestId, answer, startedAt, endedAt: performance.now() });
    return answer;
  }
}
