import { passwordSchema, usernameSchema } from '@natter/contracts';
import type { Credentials } from '../domain/authenticate.ts';

/** What was typed as credentials that someone may have; undefined for a name or password that nobody can. */
export function credentialsOf(typed: { username: string; password: string }): Credentials | undefined {
  const username = usernameSchema.safeParse(typed.username);
  const password = passwordSchema.safeParse(typed.password);
  if (!username.success || !password.success) return undefined;
  return { username: username.data, password: password.data };
}
