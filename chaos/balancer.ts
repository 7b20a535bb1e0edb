import { once } from 'node:events';
import { Agent, type ClientRequest, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Question } from './question.ts';
import { readAnswer } from './read-answer.ts';

/** Milliseconds after which a client gives up. The deadline of an answer is 5 s. */
const patienceMs = 20_000;

const lookEveryMs = 250;

const looksForMs = 1_000;

/**
 * A client as it stands behind a load balancer: gateways that are ready take turns, and one that refuses the connection
 * is passed over, for one that may have become ready since it was last looked at if need be. Nothing else is repeated.
 */
export class Balancer {
  readonly #urls: readonly string[];
  /** Connections are kept, and a question may go over one that is just being closed. */
  readonly #agent = new Agent({ keepAlive: true });
  readonly #stopping = new AbortController();
  readonly #unready = new Set<string>();
  #turn = 0;

  private constructor(urls: readonly string[]) {
    this.#urls = urls;
    for (const url of urls) void this.#watch(url);
  }

  /** Makes one for as long as it is used. */
  static async during<T>(urls: readonly string[], use: (balancer: Balancer) => Promise<T>): Promise<T> {
    const balancer = new Balancer(urls);
    try {
      return await use(balancer);
    } finally {
      balancer.#stop();
    }
  }

  async ask(question: Question): Promise<Answer> {
    let refused: Answer | undefined;
    for (const url of this.#inTurn()) {
      const answer = await this.#askAt(url, question);
      if (answer.code !== 'ECONNREFUSED') return answer;
      refused = answer;
    }
    if (refused === undefined) throw new Error('No gateway to ask');
    return refused;
  }

  #stop(): void {
    this.#stopping.abort();
    this.#agent.destroy();
  }

  #inTurn(): readonly string[] {
    this.#turn += 1;
    const first = this.#turn % this.#urls.length;
    const inTurn = [...this.#urls.slice(first), ...this.#urls.slice(0, first)];
    const isReady = (url: string) => !this.#unready.has(url);
    return [...inTurn.filter(isReady), ...inTurn.filter((url) => !isReady(url))];
  }

  async #askAt(url: string, { method, path, body, headers }: Question): Promise<Answer> {
    const asked = request(`${url}${path}`, {
      method,
      agent: this.#agent,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(patienceMs),
    });
    // Told by the failing wait for the answer; after that there is nobody left to tell.
    asked.on('error', () => undefined);
    asked.end(body && JSON.stringify(body));
    try {
      const [response] = await once(asked, 'response');
      return readAnswer(response.statusCode, await text(response));
    } catch (error) {
      return { status: undefined, code: failureOf(error as NodeJS.ErrnoException, asked), body: undefined };
    }
  }

  async #watch(url: string): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(looksForMs) }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) this.#unready.delete(url);
      else this.#unready.add(url);
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Over a kept connection a question may cross its end. */
function failureOf({ code, name }: NodeJS.ErrnoException, { reusedSocket }: ClientRequest): string {
  if (name === 'AbortError') return 'in time';
  const failure = code ?? name;
  return failure === 'ECONNRESET' && reusedSocket ? `${failure} of a kept connection` : failure;
}
