import { maxContentBytes, pageSize } from '@natter/contracts';
import { z } from 'zod';
import { defineRoute, type Route } from '../define-route.ts';
import { maxBodyBytes } from '../input/read-json-body.ts';

export interface ServerPolicy {
  version: string;
  registration: 'open' | 'closed';
  messageCharacters: number;
}

const serverSchema = z.object({
  name: z.literal('natter'),
  version: z.string(),
  api: z.literal('v1'),
  registration: z.enum(['open', 'closed']).meta({ description: 'Whether anyone may make an account' }),
  limits: z.object({
    messageCharacters: z.int().meta({ description: 'Code points in one message' }),
    messageBytes: z.int().meta({ description: 'Bytes of UTF-8 in one message' }),
    pageSize: z.int().meta({ description: 'Things in one page of a list' }),
    bodyBytes: z.int().meta({ description: 'Bytes of one request' }),
  }),
});

export function getServerRoute({ version, registration, messageCharacters }: ServerPolicy): Route {
  const server: z.output<typeof serverSchema> = {
    name: 'natter',
    version,
    api: 'v1',
    registration,
    limits: {
      messageCharacters,
      messageBytes: maxContentBytes,
      pageSize: pageSize.max,
      bodyBytes: maxBodyBytes,
    },
  };
  return defineRoute({
    id: 'getServer',
    method: 'get',
    path: '/server',
    tag: 'server',
    summary: 'What this server is and what it allows',
    access: 'open',
    answers: { 200: { description: 'The server', schema: serverSchema } },
    handle: () => ({ status: 200, body: server }),
  });
}
