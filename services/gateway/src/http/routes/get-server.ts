import {
  maxContentBytes,
  maxMentions,
  maxReactionKinds,
  pageSize,
  type RegistrationPolicy,
  registrationPolicySchema,
  type SecondFactorPolicy,
  secondFactorPolicySchema,
} from '@natter/contracts';
import { z } from 'zod';
import { describeLimits, rateSchemas } from '../../limits/describe-limits.ts';
import type { Limits } from '../../limits/limit-settings.ts';
import { defineRoute, type Route } from '../define-route.ts';
import { maxBodyBytes } from '../input/read-json-body.ts';

export interface ServerPolicy {
  version: string;
  registration: RegistrationPolicy;
  secondFactor: SecondFactorPolicy;
  messageCharacters: number;
  groupMembers: number;
  /** Of one user, at each gateway. */
  streams: number;
  /** Undefined where nothing is limited. */
  rates?: Limits | undefined;
}

const serverSchema = z.object({
  name: z.literal('natter'),
  version: z.string(),
  api: z.literal('v1'),
  registration: registrationPolicySchema.meta({
    description: 'Who may make an account: everyone, whoever has an invite of the operator, or nobody',
  }),
  secondFactor: secondFactorPolicySchema.meta({
    description:
      'Where it is `required`, a session without a second factor can do nothing but set one up (`second_factor_setup_required`), and HTTP Basic opens nothing',
  }),
  limits: z.object({
    messageCharacters: z.int().meta({ description: 'Code points in one message' }),
    messageBytes: z.int().meta({ description: 'Bytes of UTF-8 in one message' }),
    groupMembers: z.int().meta({ description: 'Members of one group' }),
    reactionKinds: z.int().meta({ description: 'Different emoji among the reactions to one message' }),
    mentions: z.int().meta({ description: 'Members whom one message mentions' }),
    pageSize: z.int().meta({ description: 'Things in one page of a list' }),
    streams: z.int().meta({ description: 'Streams of live events of one user, at each gateway' }),
    bodyBytes: z.int().meta({ description: 'Bytes of one request' }),
    ...rateSchemas,
  }),
});

export function getServerRoute(policy: ServerPolicy): Route {
  const server = describeServer(policy);
  return defineRoute({
    id: 'getServer',
    method: 'get',
    path: '/server',
    tag: 'server',
    summary: 'What this server is and what it allows',
    access: 'open',
    answers: { 200: { description: 'The server', schema: serverSchema, example: server } },
    handle: () => ({ status: 200, body: server }),
  });
}

function describeServer({
  version,
  registration,
  secondFactor,
  messageCharacters,
  groupMembers,
  streams,
  rates,
}: ServerPolicy) {
  return {
    name: 'natter' as const,
    version,
    api: 'v1' as const,
    registration,
    secondFactor,
    limits: {
      messageCharacters,
      messageBytes: maxContentBytes,
      groupMembers,
      reactionKinds: maxReactionKinds,
      mentions: maxMentions,
      pageSize: pageSize.max,
      streams,
      bodyBytes: maxBodyBytes,
      ...describeLimits(rates),
    },
  };
}
