import { setTimeout as sleep } from 'node:timers/promises';
import { NatterClient } from '@natter/client';
import { waitFor } from '@natter/testkit';
import type { Random } from '../../services/messaging/src/simulation/random.ts';
import { judgeListeners } from './judge-listeners.ts';
import { Line } from './line.ts';
import { Listener } from './listener.ts';
import { LiveLoad } from './live-load.ts';
import type { LivePlan, PlannedKill } from './live-plan.ts';
import { foundGroups, type Groups, type Member, registerMembers } from './members.ts';

/** Of a machine that is starved. */
const patienceMs = 180_000;

const cutAfterMs = { least: 1_000, most: 10_000 };

/** A Natter with two gateways, parts of which can be killed. */
export interface LiveTarget {
  readonly gateways: readonly string[];
  /** Kills it without a warning, and resolves when it is there again. */
  kill(part: PlannedKill): Promise<void>;
}

export interface LiveResult {
  /** What is not as it was promised. */
  readonly faults: readonly string[];
  readonly operations: number;
  /** Messages that were sent. */
  readonly acknowledged: number;
  /** Given to all listeners together. */
  readonly entries: number;
  readonly connections: number;
  readonly cuts: number;
  /** How often somebody was removed from a group, and added again. */
  readonly removals: number;
  /** How often somebody was blocked, and not any more. */
  readonly blocks: number;
  /** From the last write to when every listener had everything, in milliseconds. */
  readonly caughtUpInMs: number;
}

interface ListenerOnLine {
  readonly member: Member;
  readonly listener: Listener;
  readonly line: Line;
}

/** Clients that listen and are cut at random, under writes, while parts of Natter die; and what they have in the end. */
export async function runLive(target: LiveTarget, plan: LivePlan, name: string): Promise<LiveResult> {
  const road = await Line.to(target.gateways);
  const lines: Line[] = [road];
  try {
    const members = await registerMembers(road.url, name, plan.members);
    const groups = await foundGroups(members, plan.groups);
    const listeners = await startListeners(target, plan, members);
    lines.push(...listeners.map(({ line }) => line));
    return await listenUnderLoad(target, plan, { groups, listeners });
  } finally {
    for (const line of lines) line.close();
  }
}

async function startListeners(
  { gateways }: LiveTarget,
  { listeners }: LivePlan,
  members: readonly Member[],
): Promise<ListenerOnLine[]> {
  const numbers = Array.from({ length: listeners }, (_, index) => index);
  return Promise.all(
    numbers.map(async (number) => {
      const member = members[number % members.length] as Member;
      const line = await Line.to(gateways, number);
      const client = new NatterClient({ url: line.url, store: member.store });
      // Members have as many of the one kind as of the other.
      const transport = Math.floor(number / members.length) % 2 === 0 ? 'events' : 'websocket';
      return { member, line, listener: new Listener(client, member.id, { transport }) };
    }),
  );
}

async function listenUnderLoad(
  target: LiveTarget,
  plan: LivePlan,
  { groups, listeners }: { groups: Groups; listeners: readonly ListenerOnLine[] },
): Promise<LiveResult> {
  const load = new LiveLoad(groups, plan);
  const stopping = new AbortController();
  const cutting = listeners.map(({ line }, index) =>
    cutAtRandom(line, plan.randomOf(`listener ${index}`), stopping.signal),
  );
  await Promise.all([killInTurn(target, plan), sleep(plan.seconds * 1_000)]);
  await load.stop();
  stopping.abort();
  const cuts = sum(await Promise.all(cutting));
  const began = performance.now();
  const { conversations } = load;
  const heads = await readHeads(conversations);
  await untilCaughtUp(listeners, conversations, heads);
  const caughtUpInMs = performance.now() - began;
  await Promise.all(listeners.map(({ listener }) => listener.close()));
  return {
    faults: await judgeListeners(listeners, load, heads),
    ...figuresOf(load, listeners),
    cuts,
    caughtUpInMs,
  };
}

function figuresOf(
  { writers, comings, blocking }: LiveLoad,
  listeners: readonly ListenerOnLine[],
): Omit<LiveResult, 'faults' | 'cuts' | 'caughtUpInMs'> {
  return {
    acknowledged: sum(writers.map(({ sent }) => sent.length)),
    operations: sum(writers.map(({ operations }) => operations)),
    removals: comings.absences.length,
    blocks: blocking.count,
    entries: sum(listeners.map(({ listener }) => listener.entries.length)),
    connections: sum(listeners.map(({ listener }) => listener.connections)),
  };
}

/** @returns how many times. */
async function cutAtRandom(line: Line, random: Random, signal: AbortSignal): Promise<number> {
  for (let cuts = 0; ; cuts += 1) {
    await sleep(random.between(cutAfterMs.least, cutAfterMs.most), undefined, { signal }).catch(
      () => undefined,
    );
    if (signal.aborted) return cuts;
    line.cut();
  }
}

/** A part is there again before the next is killed, however long that takes. */
async function killInTurn(target: LiveTarget, { kills }: LivePlan): Promise<void> {
  const began = performance.now();
  for (const kill of kills) {
    await sleep(Math.max(0, kill.afterMs - (performance.now() - began)));
    await target.kill(kill);
  }
}

/** The latest rev of each conversation. */
async function readHeads(groups: Groups): Promise<Map<string, number>> {
  const heads = new Map<string, number>();
  for (const [{ client }, own] of groups) {
    for (const id of own) {
      const { rev } = await client.conversations.get(id, { limit: 1 }, { repeat: true });
      heads.set(id, rev);
    }
  }
  return heads;
}

async function untilCaughtUp(
  listeners: readonly ListenerOnLine[],
  groups: Groups,
  heads: ReadonlyMap<string, number>,
): Promise<void> {
  const isBehind = ({ member, listener }: ListenerOnLine) =>
    listener.failure === undefined &&
    (groups.get(member) ?? []).some((id) => listener.revOf(id) < (heads.get(id) ?? 0));
  // Who never does is found when all are judged.
  await waitFor(() => !listeners.some(isBehind), {
    what: 'all to have everything',
    timeoutMs: patienceMs,
  }).catch(() => undefined);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
