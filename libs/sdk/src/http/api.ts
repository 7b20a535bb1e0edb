import type { Credentials } from '../auth/credentials.ts';
import { hasCode, NatterClientError } from '../natter-client-error.ts';
import type { Timing } from '../timing.ts';
import { readProblem, unreadableAnswer } from './read-problem.ts';
import { TimeLimit } from './time-limit.ts';
import { untilKnown } from './until-known.ts';

/** Natter answers within 5 s; what takes so many milliseconds has lost its connection. */
const answeredWithinMs = 30_000;

export interface CallOptions {
  /** Ends the wait for the answer; what was asked for may happen all the same. */
  signal?: AbortSignal | undefined;
  /** Repeat it until its answer is final. Sends and new groups are repeated in any case. */
  repeat?: boolean | undefined;
}

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  query?: object | undefined;
  body?: object | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface ApiOptions {
  /** Where Natter is, without `/api`. */
  url: string;
  fetch: typeof globalThis.fetch;
  timing: Timing;
}

/** Asks Natter: what comes back is a success, or thrown. */
export class Api {
  readonly timing: Timing;
  readonly #base: string;
  readonly #fetch: typeof globalThis.fetch;

  constructor({ url, fetch, timing }: ApiOptions) {
    this.#base = `${url.replace(/\/+$/, '')}/api/v1`;
    this.#fetch = fetch;
    this.timing = timing;
  }

  /** Once, as whoever `authorization` says, or as nobody. */
  async askAs<T>(authorization: string | undefined, request: ApiRequest, signal?: AbortSignal): Promise<T> {
    const limit = new TimeLimit(answeredWithinMs, signal);
    try {
      const response = await this.openAs(authorization, request, limit.signal);
      return await readAnswer<T>(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      limit.stop();
    }
  }

  /** The same, with the body of the answer yet to be read. */
  async openAs(
    authorization: string | undefined,
    { method, path, query = {}, body, headers }: ApiRequest,
    signal: AbortSignal,
  ): Promise<Response> {
    const response = await this.#fetch(this.urlOf(path, query), {
      method,
      signal,
      headers: {
        ...headers,
        ...(authorization !== undefined && { authorization }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(noAnswer);
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  urlOf(path: string, query: object = {}): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) search.set(name, String(value));
    }
    return `${this.#base}${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
  }
}

/** Asks as the user whose credentials it has. */
export class UserApi {
  readonly api: Api;
  readonly credentials: Credentials;

  constructor(api: Api, credentials: Credentials) {
    this.api = api;
    this.credentials = credentials;
  }

  ask<T>(request: ApiRequest, { signal, repeat = false }: CallOptions = {}): Promise<T> {
    const attempt = () => this.#withCredentials((token) => this.api.askAs<T>(token, request, signal));
    return repeat ? untilKnown(attempt, this.api.timing, signal) : attempt();
  }

  /** An answer that goes on for as long as nobody aborts it. */
  open(request: ApiRequest, signal: AbortSignal): Promise<Response> {
    return this.#withCredentials((token) => this.api.openAs(token, request, signal));
  }

  /**
   * Once more where what was good a moment ago was not any more, or was from before there was a second factor, and new
   * credentials can be had.
   */
  async #withCredentials<T>(attempt: (authorization: string) => Promise<T>): Promise<T> {
    const authorization = await this.credentials.authorization();
    try {
      return await attempt(authorization);
    } catch (error) {
      const mayBeOld = hasCode(error, 'invalid_token', 'second_factor_setup_required');
      if (!mayBeOld || !(await this.credentials.renew(authorization))) throw error;
      return attempt(await this.credentials.authorization());
    }
  }
}

async function readAnswer<T>(response: Response): Promise<T> {
  const text = await response.text().catch(noAnswer);
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw unreadableAnswer(response.status, undefined, cause);
  }
}

function noAnswer(cause: unknown): never {
  throw new NatterClientError({ code: 'no_answer', message: 'There was no answer', retryable: true, cause });
}
