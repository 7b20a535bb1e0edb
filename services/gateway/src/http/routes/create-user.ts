import { Bulkhead, type Bus } from '@natter/bus';
import {
  createUser,
  createUserBodySchema,
  NatterError,
  type RegistrationPolicy,
  userSchema,
} from '@natter/contracts';
import { defineRoute, type Route } from '../define-route.ts';
import { exampleUser } from '../openapi/examples.ts';
import { errorsOf } from '../route-errors.ts';

/** Of one gateway. Each costs a hash, and those who make accounts are to leave room in that queue for who logs in. */
const atOnce = 8;

export function createUserRoute(
  bus: Pick<Bus, 'call'>,
  { registration }: { registration: RegistrationPolicy },
): Route {
  const inFlight = new Bulkhead(atOnce);
  return defineRoute({
    id: 'createUser',
    method: 'post',
    path: '/users',
    tag: 'users',
    summary: 'Make an account',
    description:
      'Open to everyone where registration is: see `/server`. Where it is `invite`, the body needs one, which makes one account and is not used up by a registration that fails; any that is not good answers `registration_closed`. A username is taken too when another looks like it, such as `a1ice` like `alice`. A password has at least 8 characters (code points, composed as by NFC) and at most 1,024 bytes of UTF-8, and is kept as it comes; one that is among the most frequent, or is the username or `natter` with digits or signs, is refused (`validation_failed`).',
    access: 'open',
    body: createUserBodySchema
      .extend({
        invite: createUserBodySchema.shape.invite.meta({
          description: 'From the operator; wanted where `registration` is `invite`, else not looked at',
        }),
      })
      .meta({ example: { username: 'alice', password: 'natter-demo' } }),
    answers: {
      201: {
        description: 'The new user',
        schema: userSchema,
        example: exampleUser,
        headers: { Location: 'Of the user' },
      },
    },
    errors: errorsOf(createUser),
    async handle({ body, context }) {
      // Decided by the users service; this much the gateway can tell without asking.
      if (registration === 'closed') throw new NatterError('registration_closed');
      const user = await inFlight.run(() => bus.call(createUser, body, context));
      return { status: 201, body: user, headers: { Location: `/api/v1/users/${user.username}` } };
    },
  });
}
