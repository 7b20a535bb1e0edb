import { z } from 'zod';
import { defineOperation } from '../operation.ts';

/** The key under which every gateway seals cursors: made once, kept with the logs. */
export const getCursorKey = defineOperation({
  service: 'messaging',
  name: 'get-cursor-key',
  request: z.strictObject({}),
  response: z.object({
    /** 32 bytes in base64url. */
    key: z.base64url(),
  }),
});
