import { randomBytes } from 'node:crypto';
import { NatterClient } from '@natter/client';
import type { User } from '@natter/contracts';
import { type Client, type Installation, password } from '../_client.ts';

export interface Person extends User {
  /** What they ask with; the gateways take their requests in turn. */
  api: Client;
  /** The same by the SDK, for tests that are not about HTTP. */
  chat: NatterClient;
}

/** Registers people, each with a username that begins with the given name. */
export type RegisterPeople = <Names extends string[]>(
  ...names: Names
) => Promise<{ [Index in keyof Names]: Person }>;

export function peopleOf(installation: () => Installation): RegisterPeople {
  return async <Names extends string[]>(...names: Names) => {
    const people: Person[] = [];
    for (const name of names) people.push(await register(installation(), name));
    return people as { [Index in keyof Names]: Person };
  };
}

async function register(installation: Installation, name: string): Promise<Person> {
  const username = `${name}-${randomBytes(6).toString('hex')}`;
  const gateways = await installation.gateways();
  const api = (await installation.as(username)).through(...gateways);
  const { fetch } = api;
  const chat = new NatterClient({ url: String(gateways[0]), basic: { username, password }, fetch });
  return { ...(await chat.users.create({ username, password })), api, chat };
}
