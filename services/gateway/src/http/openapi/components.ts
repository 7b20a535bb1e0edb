import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import {
  memberSchema,
  messagePageSchema,
  messageSchema,
  sessionGrantSchema,
  sessionSchema,
  signingKeySchema,
  userSchema,
} from '@natter/contracts';
import { problemSchema } from '../problem.ts';

const components = {
  Problem: problemSchema,
  User: userSchema,
  Session: sessionSchema,
  SessionGrant: sessionGrantSchema,
  SigningKey: signingKeySchema,
  Member: memberSchema,
  Message: messageSchema,
  MessagePage: messagePageSchema,
};

/**
 * Gives the DTOs their names in the document. Straight into the library's registry: its `register` names a copy, and
 * DTOs that are parts of others would be written out each time.
 */
export function nameComponents(): void {
  for (const [refId, schema] of Object.entries(components)) {
    zodToOpenAPIRegistry.add(schema, { _internal: { refId } });
  }
}
