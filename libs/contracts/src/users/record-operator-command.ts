import { z } from 'zod';
import { defineOperation } from '../operation.ts';

/** Has a command of the operator that changed another service's data put into the audit log. Asked twice, it is there twice. */
export const recordOperatorCommand = defineOperation({
  service: 'users',
  name: 'record-operator-command',
  callers: ['operator'],
  request: z.strictObject({
    /** Without what was given to it, unless that is one of a few words. */
    command: z.string().regex(/^[a-z][a-z -]{0,63}$/),
    outcome: z.enum(['done', 'failed']),
  }),
  response: z.object({}),
  effect: 'write',
});
