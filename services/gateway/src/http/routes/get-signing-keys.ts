import { listSigningKeys, signingKeySchema } from '@natter/contracts';
import { z } from 'zod';
import type { SigningKeys } from '../../auth/signing-keys.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleSigningKey } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

export function getSigningKeysRoute(keys: SigningKeys): Route {
  return defineRoute({
    id: 'getSigningKeys',
    method: 'get',
    path: '/.well-known/jwks.json',
    tag: 'sessions',
    summary: 'The public keys that verify access tokens',
    access: 'open',
    answers: {
      200: {
        description: 'A key set (RFC 7517)',
        schema: z.object({ keys: z.array(signingKeySchema) }),
        example: { keys: [exampleSigningKey] },
      },
    },
    errors: errorsOf(listSigningKeys),
    async handle() {
      const body = { keys: [...(await keys.published())] };
      return { status: 200, body, headers: { 'Cache-Control': 'public, max-age=60' } };
    },
  });
}
