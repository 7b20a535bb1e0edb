import { type Bus, Deadline } from '@natter/bus';
import { addUser as addUserOperation, NatterError, newUserSchema } from '@natter/contracts';
import { OperatorError } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { refusedFields } from './refused-fields.ts';

/** No longer than a person waits. */
const withinMs = 10_000;

export interface NewUser {
  username: string;
  displayName: string | undefined;
  password: string;
  /** Whether nobody but this command knows the password. */
  generated?: boolean;
}

/**
 * Asks the users service for an account.
 *
 * @returns false when the username is taken.
 * @throws {OperatorError} naming every fault of what was given, or that it is not known whether the account was made.
 */
export async function addUser(
  bus: Pick<Bus, 'call'>,
  { generated = false, ...newUser }: NewUser,
): Promise<boolean> {
  const body = newUserSchema.safeParse(newUser);
  if (!body.success) throw refusedFields(body.error);
  try {
    await bus.call(addUserOperation, body.data, { requestId: uuidv7(), deadline: Deadline.in(withinMs) });
    return true;
  } catch (error) {
    if (!(error instanceof NatterError)) throw error;
    if (error.code === 'username_taken') return false;
    if (error.code === 'validation_failed') throw refusedFields(error);
    if (error.code !== 'outcome_unknown') throw error;
    throw new OperatorError(unknownOutcomeOf(newUser, generated), { cause: error });
  }
}

function unknownOutcomeOf({ username, password }: NewUser, generated: boolean): string {
  const told = `It is not known whether ${username} was added: "users list" tells.`;
  return generated ? `${told} If so, it is with this password: ${password}` : told;
}
