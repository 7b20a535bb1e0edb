import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { defineOperation } from '../operation.ts';
import { usernameSchema } from '../username.ts';
import { conversationAffinity, conversationRefSchema } from './conversation-ref.ts';
import { memberSchema } from './dto.ts';
import { roleSchema } from './roles.ts';

export const setMemberBodySchema = z.strictObject({ role: roleSchema.optional() });

/** Adds somebody to a group, as plain member unless told otherwise, or gives a member another role. */
export const setMember = defineOperation({
  service: 'messaging',
  name: 'set-member',
  request: setMemberBodySchema.extend({
    callerId: idSchema,
    conversation: conversationRefSchema,
    username: usernameSchema,
  }),
  response: z.object({ member: memberSchema, added: z.boolean() }),
  effect: 'write',
  repeatable: () => true,
  affinity: conversationAffinity,
  errors: ['user_not_found', 'conversation_not_found', 'forbidden', 'last_owner', 'validation_failed'],
});
