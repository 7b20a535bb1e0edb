import { NatterError } from '@natter/contracts';
import { chooseIntent } from './choose-intent.ts';
import { type Intent, sendMessage } from './intents.ts';
import { readSomething } from './reader.ts';
import type { World } from './world.ts';

/** A user who does one thing after the other. */
export async function runClient(world: World, userId: string): Promise<void> {
  const { scheduler, random, chronicle } = world;
  for (const _ of Array(random.between(3, 9))) {
    await scheduler.pause(`${userId} thinks`);
    if (random.chance(35)) await orGiveUp(world, readSomething(world, userId));
    else await insist(world, chooseIntent(userId, chronicle, { random, number: world.nextNumber() }));
  }
}

/** Tries until it is known what became of it; what has no key, once only. */
export async function insist(world: World, intent: Intent): Promise<void> {
  let known = false;
  while (!known) known = (await attempt(world, intent)) || intent.key === undefined;
  if (intent.key !== undefined && intent.about === undefined && world.random.chance(15)) {
    await attempt(world, withOtherBody(intent, world.nextNumber()));
  }
}

/** The same key for something else. */
function withOtherBody(intent: Intent, number: number): Intent {
  const key = intent.key?.clientMessageId;
  if (intent.what.startsWith('create')) return intent;
  return sendMessage(intent, `other-${number}`, null, key);
}

/** @returns whether the answer says what became of it. */
async function attempt(world: World, intent: Intent): Promise<boolean> {
  const { scheduler, chronicle, history } = world;
  const process = world.anyProcess();
  const commandId = `command-${world.nextNumber()}`;
  const deadline = { expired: false };
  const { conversationId } = intent;
  const since = chronicle.of(conversationId).head;
  const answered = (
    answer: { outcome: Awaited<ReturnType<typeof process.execute>> } | { error: unknown },
  ) => {
    history.add({ intent, commandId, since, until: chronicle.of(conversationId).head, ...answer });
    scheduler.trace.push(`${intent.actorId} hears of ${commandId}: ${told(answer)}`);
  };
  scheduler.trace.push(`${intent.actorId} asks ${process.name} to ${intent.what} (${commandId})`);
  const { what: _, decide, ...rest } = intent;
  const executing = process.execute({
    ...rest,
    id: commandId,
    deadline,
    decide: (state) => decide(state, commandId),
  });
  const answering = executing.then(
    (outcome) => {
      answered({ outcome });
      return true;
    },
    (error: unknown) => {
      answered({ error });
      return isSettled(error);
    },
  );
  const known = await orGiveUp(world, answering);
  deadline.expired = true;
  return known ?? false;
}

function told(answer: { outcome?: { entry?: { rev: number } | undefined }; error?: unknown }): string {
  if (answer.outcome !== undefined) return `done, ${answer.outcome.entry?.rev ?? 'nothing to do'}`;
  return answer.error instanceof NatterError ? answer.error.code : String(answer.error);
}

function isSettled(error: unknown): boolean {
  return error instanceof NatterError && !['outcome_unknown', 'service_unavailable'].includes(error.code);
}

/** Nobody waits for ever. */
async function orGiveUp<T>({ scheduler, random }: World, waiting: Promise<T>): Promise<T | undefined> {
  const patience = scheduler.pause('patience ends', random.between(50, 800)).then(() => undefined);
  return await Promise.race([waiting, patience]);
}
