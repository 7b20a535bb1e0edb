import { randomBytes } from 'node:crypto';
import type { User } from '@natter/contracts';
import type { Client, Natter } from '../_natter.ts';

export interface Person extends User {
  /** What they ask with; the gateways take their requests in turn. */
  api: Client;
}

/** Registers people, each with a username that begins with the given name. */
export type RegisterPeople = <Names extends string[]>(
  ...names: Names
) => Promise<{ [Index in keyof Names]: Person }>;

export function peopleOf(natter: () => Natter): RegisterPeople {
  return async <Names extends string[]>(...names: Names) => {
    const people: Person[] = [];
    for (const name of names) people.push(await register(natter(), name));
    return people as { [Index in keyof Names]: Person };
  };
}

async function register(natter: Natter, name: string): Promise<Person> {
  const username = `${name}-${randomBytes(6).toString('hex')}`;
  const { gateway } = await natter.runRecord();
  const api = (await natter.as(username)).through(...gateway);
  const { status, body } = await api.post('/api/v1/users', { username, password: 'natter-demo' });
  if (status !== 201) throw new Error(`${username} could not register: ${JSON.stringify(body)}`);
  return { ...(body as User), api };
}
