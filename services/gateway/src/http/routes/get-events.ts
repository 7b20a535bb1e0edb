import { entrySchema, NatterError, type Position } from '@natter/contracts';
import { z } from 'zod';
import type { Cursors } from '../../realtime/cursors.ts';
import { EventStream } from '../../realtime/event-stream.ts';
import { Flushes } from '../../realtime/flushes.ts';
import type { CloseReason, LiveEvents, Stream } from '../../realtime/live-events.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleCursor, exampleEvent } from '../openapi/examples.ts';
import type { RequestContext } from '../request-context.ts';

const cursor = (description: string) => z.string().optional().meta({ description, example: exampleCursor });

const entryTypes = entrySchema.options.map(({ shape }) => `\`${shape.type.value}\``).join(', ');

/** Live events as server-sent events. */
export function getEventsRoute(live: LiveEvents, cursors: Cursors): Route {
  const flushes = new Flushes();
  return defineRoute({
    id: 'getEvents',
    method: 'get',
    path: '/events',
    tag: 'live',
    summary: 'What happens in my conversations, live',
    description: [
      'Server-sent events: from now on, or from a cursor on, every entry of my conversations, in order, conversation by conversation, my own included.',
      `The event’s name is the entry’s type (${entryTypes}), its \`id\` a cursor, its data an Entry.`,
      '`receipt`, `typing` and `presence` come without an `id`, and some of them may not come.',
      'After `reset` the server was put back to an earlier moment: read anew what you keep.',
      'A stream lives as long as its session, or the password that it was opened with. It also ends where the server restarts, or where the client reads too slowly: connect again with the last `id`, and what was missed comes first.',
      'Where events overlap, `(conversationId, rev)` identifies an entry.',
    ].join(' '),
    access: 'user',
    query: z.object({ after: cursor('The last `id`, for clients that can’t set headers') }),
    headers: z.object({ 'Last-Event-ID': cursor('The last `id`: a browser sends it by itself') }),
    answers: {
      200: {
        description: 'The stream',
        mediaType: 'text/event-stream',
        schema: z.string(),
        example: exampleEvent,
        headers: { 'X-Accel-Buffering': '`no`: proxies are to hand on each event at once' },
      },
    },
    errors: ['cursor_invalid', 'service_unavailable', 'overloaded'],
    async handle({ caller, query, headers, context }) {
      const after = agreed(headers['Last-Event-ID'], query.after);
      const position = await positionOf(cursors, caller.id, after, context);
      const connection: { stream?: Stream; gone?: CloseReason } = {};
      const events = new EventStream(flushes, (reason) => {
        connection.gone = reason;
        connection.stream?.close(reason);
      });
      const stream = await live.open({ caller, position, client: events, transport: 'events', context });
      connection.stream = stream;
      // More may have come meanwhile than may wait for a client.
      if (connection.gone !== undefined) stream.close(connection.gone);
      if (stream.cursor !== undefined) events.reached(stream.cursor);
      return {
        status: 200,
        headers: { 'X-Accel-Buffering': 'no' },
        stream: { mediaType: 'text/event-stream', begin: (response) => events.begin(response) },
      };
    },
  });
}

async function positionOf(
  cursors: Cursors,
  userId: string,
  after: string | undefined,
  context: RequestContext,
): Promise<Position | undefined> {
  return after === undefined ? undefined : cursors.open(userId, after, context);
}

function agreed(header: string | undefined, query: string | undefined): string | undefined {
  if (header !== undefined && query !== undefined && header !== query) {
    const message = 'Must be the same as Last-Event-ID';
    throw new NatterError('validation_failed', { faults: [{ pointer: 'after', message }] });
  }
  return header ?? query;
}
