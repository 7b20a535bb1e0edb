import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { definePush } from '../push.ts';

/** A user is in a conversation since the entry at `rev`; the address is the user's id. */
export const conversationJoined = definePush({
  service: 'messaging',
  noun: 'conversation',
  verb: 'joined',
  addressed: true,
  schema: z.object({ conversationId: idSchema, rev: z.int().positive() }),
  listeners: ['gateway'],
});
