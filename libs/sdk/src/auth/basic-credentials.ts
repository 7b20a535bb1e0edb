import type { Credentials } from './credentials.ts';

/** HTTP Basic (RFC 7617), for scripts: the password goes with every request. */
export function basicCredentials({
  username,
  password,
}: {
  username: string;
  password: string;
}): Credentials {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  const header = `Basic ${btoa(String.fromCharCode(...bytes))}`;
  return { authorization: async () => header, renew: async () => false };
}
