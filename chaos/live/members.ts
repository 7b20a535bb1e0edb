import { memorySessionStore, NatterClient, type SessionStore } from '@natter/client';

const password = 'correct-horse-battery';

/** A user whose devices share a session. */
export interface Member {
  readonly id: string;
  readonly username: string;
  readonly client: NatterClient;
  readonly store: SessionStore;
}

/** Registers as many, each logged in. @param name how their usernames begin: no two runs have the same. */
export async function registerMembers(url: string, name: string, count: number): Promise<Member[]> {
  const members: Member[] = [];
  for (let number = 1; number <= count; number += 1) {
    const store = memorySessionStore();
    const client = new NatterClient({ url, store });
    const username = `${name}-${number}`;
    await client.users.create({ username, password });
    const { user } = await client.logIn({ username, password });
    members.push({ id: user.id, username, client, store });
  }
  return members;
}

/** Of each member the ids of their groups. */
export type Groups = ReadonlyMap<Member, readonly string[]>;

/** Groups of which each member has two; the first of a group's members is its owner. */
export async function foundGroups(members: readonly Member[], count: number): Promise<Groups> {
  const groups = new Map<Member, string[]>(members.map((member) => [member, []]));
  for (let number = 0; number < count; number += 1) {
    const own = members.filter((_, index) => [number, (number + 1) % count].includes(index % count));
    const [founder, ...others] = own as [Member, ...Member[]];
    const { id } = await founder.client.conversations.create({
      title: `Group ${number}`,
      members: others.map(({ username }) => username),
    });
    for (const member of own) groups.get(member)?.push(String(id));
  }
  return groups;
}

/** Groups by their owners. */
export function ownersOf(groups: Groups): { id: string; owner: Member; others: Member[] }[] {
  const members = new Map<string, Member[]>();
  for (const [member, own] of groups)
    for (const id of own) members.set(id, [...(members.get(id) ?? []), member]);
  return [...members].map(([id, [owner, ...others]]) => ({ id, owner: owner as Member, others }));
}
