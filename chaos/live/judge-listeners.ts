import { inspect } from 'node:util';
import { faultsOfEntries } from './check-entries.ts';
import { faultsOfInbox, readAll, type Shown } from './check-inbox.ts';
import type { Listener } from './listener.ts';
import type { Groups, Member } from './members.ts';
import type { Sent } from './writer.ts';

export interface Truth {
  readonly groups: Groups;
  /** The latest rev of each conversation. */
  readonly heads: ReadonlyMap<string, number>;
  /** What was acknowledged. */
  readonly sent: readonly Sent[];
}

/** @returns what listeners don't have, or have otherwise, and what of the acknowledged messages is not there once. */
export async function judgeListeners(
  all: readonly { member: Member; listener: Listener }[],
  { groups, heads, sent }: Truth,
): Promise<string[]> {
  const faults: string[] = [];
  const stored = new Map<string, number>();
  for (const [member, own] of groups) {
    const shown = await readAll(member.client);
    for (const { messages } of shown) for (const { id, seq } of messages) stored.set(id, seq);
    const ownHeads = new Map(own.map((id) => [id, heads.get(id) ?? 0]));
    for (const [index, { listener }] of all.filter((one) => one.member === member).entries()) {
      const found = await faultsOfListener(listener, shown, ownHeads);
      faults.push(...found.map((fault) => `listener ${index} of ${member.id}: ${fault}`));
    }
  }
  const lost = sent.filter(({ id, seq }) => stored.get(id) !== seq);
  return [...faults, ...lost.map(({ id, seq }) => `${id} was acknowledged as ${seq}, and is not`)];
}

async function faultsOfListener(
  listener: Listener,
  shown: readonly Shown[],
  heads: ReadonlyMap<string, number>,
): Promise<string[]> {
  return [
    ...(listener.failure === undefined ? [] : [`It ended: ${inspect(listener.failure)}`]),
    ...faultsOfEntries(listener, heads),
    ...(await faultsOfInbox(listener.inbox, shown)),
  ];
}
