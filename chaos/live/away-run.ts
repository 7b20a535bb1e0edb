import { NatterClient } from '@natter/client';
import { waitFor } from '@natter/testkit';
import { faultsOfEntries } from './check-entries.ts';
import { Line } from './line.ts';
import { Listener } from './listener.ts';
import type { LiveResult } from './live-run.ts';
import { foundGroups, type Member, registerMembers } from './members.ts';

/** Of a machine that is starved. */
const patienceMs = 180_000;

/** Sends at once. */
const atOnce = 64;

/** A client that is away while so many messages are sent to one conversation, and what it has when it is back. */
export async function runAway(
  { gateways }: { gateways: readonly string[] },
  messages: number,
  name: string,
): Promise<LiveResult> {
  const line = await Line.to(gateways);
  try {
    const [member] = (await registerMembers(line.url, name, 1)) as [Member];
    const [conversation] = (await foundGroups([member], 1)).get(member) as [string];
    const client = new NatterClient({ url: line.url, store: member.store });
    const before = new Listener(client, member.id, {});
    await waitFor(() => before.connections > 0, { what: 'the first connection' });
    await before.close();
    await sendMany(client, conversation, messages);
    const head = (await client.conversations.get(conversation, { limit: 1 })).rev;
    const began = performance.now();
    const after = new Listener(client, member.id, { position: before.position });
    const isBack = () => after.failure !== undefined || after.revOf(conversation) >= head;
    await waitFor(isBack, { what: 'everything', timeoutMs: patienceMs }).catch(() => undefined);
    const caughtUpInMs = performance.now() - began;
    await after.close();
    const entries = [...before.entries, ...after.entries];
    const faults = faultsOfEntries({ begun: before.begun, entries }, new Map([[conversation, head]]));
    const connections = before.connections + after.connections;
    const figures = { operations: messages, acknowledged: messages, entries: entries.length };
    return { faults, ...figures, connections, cuts: 0, removals: 0, blocks: 0, caughtUpInMs };
  } finally {
    line.close();
  }
}

async function sendMany(client: NatterClient, conversation: string, messages: number): Promise<void> {
  let next = 1;
  const send = async () => {
    for (let number = next++; number <= messages; number = next++) {
      await client.messages.send(conversation, { content: `message ${number}` });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
}
