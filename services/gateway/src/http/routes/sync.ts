import type { Bus } from '@natter/bus';
import { getCursorKey, sync } from '@natter/contracts';
import { z } from 'zod';
import type { Cursors } from '../../realtime/cursors.ts';
import { syncPageSchema } from '../answer-schemas.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { limitParameter } from '../input/page-parameters.ts';
import { exampleConversation, exampleCursor, exampleEntries } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

const syncParameters = z.object({
  limit: limitParameter,
  after: z.string().optional().meta({
    description: 'Where I have got to: the `cursor` of the page before, or the `id` of a live event',
    example: exampleCursor,
  }),
});

export function syncRoute(bus: Bus, cursors: Cursors): Route {
  return defineRoute({
    id: 'sync',
    method: 'get',
    path: '/sync',
    tag: 'live',
    summary: 'What I missed',
    description:
      'All that changed for me since the cursor, edits and deletions included, however long ago that was: at most `limit` entries of a conversation, the oldest missing first. Follow `cursor` while the outer `hasMore`. Without a cursor, or with one from before the server was put back to an earlier moment (another `epoch`): a snapshot in pages, newest activity first; its last `cursor` belongs to the moment when the snapshot began. An entry may come more than once: `(conversationId, rev)` identifies it, and whoever drops what they have seen and reads the log where a rev is missing gets everything exactly once, in order.',
    access: 'user',
    query: syncParameters,
    answers: {
      200: {
        description: 'A page of what changed',
        schema: syncPageSchema,
        example: {
          cursor: exampleCursor,
          conversations: [{ conversation: exampleConversation, entries: exampleEntries, hasMore: false }],
          hasMore: false,
        },
      },
    },
    errors: ['cursor_invalid', ...errorsOf(getCursorKey), ...errorsOf(sync)],
    async handle({ caller, query: { after, limit }, context }) {
      await cursors.ready(context);
      const position = after === undefined ? undefined : await cursors.open(caller.id, after, context);
      const page = await bus.call(sync, { callerId: caller.id, position, limit }, context);
      const { conversations, hasMore } = page;
      return {
        status: 200,
        body: { cursor: cursors.seal(caller.id, page.position), conversations, hasMore },
      };
    },
  });
}
