import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { conversationAffinity, conversationRefSchema } from './conversation-ref.ts';

/** Takes somebody out of a group, or the caller themselves. */
export const removeMember = defineOperation({
  service: 'messaging',
  name: 'remove-member',
  request: z.strictObject({
    callerId: idSchema,
    conversation: conversationRefSchema,
    /** `me` is the caller; nobody can be called that. */
    username: usernameSchema,
  }),
  response: z.object({}),
  effect: 'write',
  // Who has left can't leave again.
  repeatable: ({ username }) => username !== 'me',
  affinity: conversationAffinity,
  errors: ['user_not_found', 'conversation_not_found', 'forbidden', 'last_owner'],
});
