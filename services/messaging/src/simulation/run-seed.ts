import { insist, runClient } from './client.ts';
import { createGroup, groupIds, userIds } from './intents.ts';
import { judgeAnswers } from './judge-answers.ts';
import { judgeDevices } from './judge-devices.ts';
import { judgeEnd } from './judge-end.ts';
import { startTroubles } from './troubles.ts';
import type { Variation } from './variation.ts';
import type { Violation } from './violation.ts';
import { type Scenario, World } from './world.ts';

/** More than any run has that makes progress. */
const maxSteps = 30_000;

export interface Run {
  violation: Violation | undefined;
  /** What happened, step by step. */
  trace: readonly string[];
}

/** One run of the simulation: wholly determined by its seed. */
export async function runSeed(
  seed: number,
  variation: Variation = {},
  scenario: Scenario = 'writing',
): Promise<Run> {
  const world = new World(seed, variation, scenario);
  await drive(world, live);
  await drive(world, sweep);
  await drive(world, syncAll);
  if (world.violations.first === undefined) {
    judgeAnswers(world);
    judgeEnd(world);
    judgeDevices(world);
  }
  return { violation: world.violations.first, trace: world.scheduler.trace };
}

/** Lets things happen until nothing is left to happen. */
async function drive(world: World, act: (world: World) => Promise<void>): Promise<void> {
  const { scheduler, violations } = world;
  let done = false;
  const start = async () => {
    await act(world);
    done = true;
  };
  scheduler.add('begin', () => {
    start().catch((error: Error) => violations.add('nothing fails unexpectedly', `${error.stack}`));
  });
  let steps = 0;
  while (violations.first === undefined && steps < maxSteps && (await scheduler.step())) steps += 1;
  violations.expect(done && steps < maxSteps, 'everything comes to rest', () => `after ${steps} steps`);
}

/** Users do things while things go wrong; from the moment that the last of them is done, all goes well. */
async function live(world: World): Promise<void> {
  await Promise.all(groupIds.map((id) => insist(world, createGroup(id))));
  startTroubles(world);
  const syncing = world.devices.map((device) => device.syncNowAndThen());
  await Promise.all(userIds.map((userId) => runClient(world, userId)));
  world.lively = false;
  world.faults.end();
  await Promise.all(syncing);
}

/** What a sweeper sees marked twice, was left behind. */
async function sweep({ processes }: World): Promise<void> {
  for (const process of processes) {
    await process.sweep();
    await process.sweep();
  }
}

/** The first time a device may end what it had begun before the last change. */
async function syncAll({ devices }: World): Promise<void> {
  for (const _ of Array(2)) await Promise.all(devices.map((device) => device.sync()));
}
