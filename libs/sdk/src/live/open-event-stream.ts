import type { UserApi } from '../http/api.ts';
import { unreadableAnswer } from '../http/read-problem.ts';
import { TimeLimit } from '../http/time-limit.ts';
import { NatterClientError } from '../natter-client-error.ts';
import { EventStreamParser } from './event-stream-parser.ts';
import { type OpenStream, type StreamEvent, silentForMs } from './live-stream.ts';

/** Server-sent events, read by `fetch`: an `EventSource` can't send credentials. */
export function eventStreams(user: UserApi): OpenStream {
  return async (after, signal) => {
    const limit = new TimeLimit(silentForMs, signal);
    try {
      const headers = { accept: 'text/event-stream' };
      const request = { method: 'GET', path: '/events', query: { after }, headers } as const;
      const { body, status } = await user.open(request, limit.signal);
      if (body === null) throw unreadableAnswer(status);
      const events = read(body.getReader(), limit);
      return { events, typing: () => undefined, close: () => limit.end() };
    } catch (error) {
      limit.stop();
      throw error;
    }
  };
}

async function* read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: TimeLimit,
): AsyncGenerator<StreamEvent> {
  const parser = new EventStreamParser();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read().catch(lost);
    if (done) return;
    limit.extend();
    yield* parse(parser, decoder.decode(value, { stream: true }));
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
