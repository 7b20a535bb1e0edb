import { inspect } from 'node:util';
import type { Entry } from '@natter/client';
import { faultsOfAbsences, revsWithout } from './check-absences.ts';
import { faultsOfEntries } from './check-entries.ts';
import { faultsOfInbox, readAll, type Shown } from './check-inbox.ts';
import type { Absence } from './comings-and-goings.ts';
import type { Listener } from './listener.ts';
import type { LiveLoad } from './live-load.ts';
import { type Groups, type Member, ownersOf } from './members.ts';

const logLimit = 200;

/** What is true for one member. */
interface Truth {
  readonly shown: readonly Shown[];
  /** The latest rev of each of their conversations. */
  readonly heads: ReadonlyMap<string, number>;
  readonly absences: readonly Absence[];
  /** Of each conversation: at which revs they were no member. */
  readonly revsWithout: ReadonlyMap<string, ReadonlySet<number>>;
  /** Whom they blocked before these said anything. */
  readonly blocked: string | undefined;
}

/**
 * @param heads the latest rev of each conversation.
 * @returns what listeners don't have, or have otherwise, or should not have been given; and what of the acknowledged
 * messages is not there once.
 */
export async function judgeListeners(
  all: readonly { member: Member; listener: Listener }[],
  load: LiveLoad,
  heads: ReadonlyMap<string, number>,
): Promise<string[]> {
  const { writers, comings, blocking, lastingBlock, conversations } = load;
  const faults = [...blocking.faults];
  const stored = new Map<string, number>();
  const logs = await readLogs(conversations);
  for (const [member, own] of conversations) {
    const shown = await readAll(member.client);
    for (const { messages } of shown) for (const { id, seq } of messages) stored.set(id, seq);
    const truth = {
      shown,
      heads: new Map(own.map((id) => [id, heads.get(id) ?? 0])),
      absences: comings.absences.filter(({ userId }) => userId === member.id),
      revsWithout: new Map(own.map((id) => [id, revsWithout(member.id, logs.get(id) ?? [])])),
      blocked: lastingBlock.pair.blocker === member ? lastingBlock.pair.blocked.id : undefined,
    };
    for (const [index, { listener }] of all.filter((one) => one.member === member).entries()) {
      const found = await faultsOfListener(listener, truth);
      faults.push(...found.map((fault) => `listener ${index} of ${member.id}: ${fault}`));
    }
  }
  const lost = writers.flatMap(({ sent }) => sent).filter(({ id, seq }) => stored.get(id) !== seq);
  return [...faults, ...lost.map(({ id, seq }) => `${id} was acknowledged as ${seq}, and is not`)];
}

/** By their owners, who are never removed. */
async function readLogs(groups: Groups): Promise<Map<string, Entry[]>> {
  const logs = new Map<string, Entry[]>();
  for (const { id, owner } of ownersOf(groups)) logs.set(id, await readLog(owner, id));
  return logs;
}

async function readLog({ client }: Member, id: string): Promise<Entry[]> {
  const log: Entry[] = [];
  for (let more = true; more; ) {
    const query = { after: log.length, limit: logLimit };
    const { data, page } = await client.conversations.log(id, query, { repeat: true });
    log.push(...data);
    more = page.hasAfter;
  }
  return log;
}

async function faultsOfListener(
  listener: Listener,
  { shown, heads, absences, blocked, ...truth }: Truth,
): Promise<string[]> {
  return [
    ...(listener.failure === undefined ? [] : [`It ended: ${inspect(listener.failure)}`]),
    ...faultsOfEntries(listener, heads),
    ...faultsOfAbsences(listener.entries, absences, truth.revsWithout),
    ...[...listener.typing].filter((id) => id === blocked).map((id) => `It was told that ${id} is writing`),
    ...(await faultsOfInbox(listener.inbox, shown)),
  ];
}
