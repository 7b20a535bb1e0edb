import type { UserApi } from '../http/api.ts';
import { unreadableAnswer } from '../http/read-problem.ts';
import { TimeLimit } from '../http/time-limit.ts';
import { NatterClientError } from '../natter-client-error.ts';
import { EventStreamParser } from './event-stream-parser.ts';
import { type LiveStream, type OpenStream, type StreamEvent, silentForMs } from './live-stream.ts';

/** Server-sent events, read by `fetch`: an `EventSource` can't send credentials. */
export function eventStreams(user: UserApi): OpenStream {
  return async (after, signal) => {
    const limit = new TimeLimit(silentForMs, signal);
    try {
      const headers = { accept: 'text/event-stream' };
      const request = { method: 'GET', path: '/events', query: { after }, headers } as const;
      const { body, status } = await user.open(request, limit.signal);
      if (body === null) throw unreadableAnswer(status);
      return new EventStream(body.getReader(), limit);
    } catch (error) {
      limit.stop();
      throw error;
    }
  };
}

class EventStream implements LiveStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #limit: TimeLimit;
  readonly #parser = new EventStreamParser();

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>, limit: TimeLimit) {
    this.#reader = reader;
    this.#limit = limit;
  }

  get events(): AsyncIterable<StreamEvent> {
    return this.#read();
  }

  get retryMs(): number | undefined {
    return this.#parser.retryMs;
  }

  close(): void {
    this.#limit.end();
  }

  async *#read(): AsyncGenerator<StreamEvent> {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await this.#reader.read().catch(lost);
      if (done) return;
      this.#limit.extend();
      yield* parse(this.#parser, decoder.decode(value, { stream: true }));
    }
  }
}

function parse(parser: EventStreamParser, text: string): StreamEvent[] {
  try {
    return parser.push(text);
  } catch (cause) {
    return lost(cause);
  }
}

function lost(cause: unknown): never {
  const message = 'The connection was lost';
  throw new NatterClientError({ code: 'no_answer', message, retryable: true, cause });
}
