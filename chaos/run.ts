import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@natter/testkit';
import { Balancer } from './balancer.ts';
import { checkLedger } from './check-ledger.ts';
import { checkLogs } from './check-logs.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Installation } from './installation.ts';
import { judgeLate, readDurations } from './late-answers.ts';
import { Load } from './load.ts';
import type { People } from './people.ts';
import type { PlannedRun } from './plan.ts';
import { type Ask, succeeded } from './question.ts';
import { unwantedFailures } from './unwanted-failures.ts';

export interface RunOptions {
  /** How long no answer must have failed until it counts as recovered. */
  readonly quietMs: number;
}

const recoversWithinMs = 60_000;

export interface RunResult {
  readonly name: string;
  readonly description: string;
  readonly figures: Figures;
  readonly acknowledged: number;
  /** What is not as it was promised. */
  readonly faults: readonly string[];
  /** Answers that came late because something that Natter runs on was held up, or frozen by the fault itself. */
  readonly excusedLate: readonly string[];
  /** The longest that this process, which measures, was held up itself; milliseconds. */
  readonly heldUpMs: number;
}

/** One fault under load, from good to good, and what became of everything that was asked meanwhile. */
export function run(
  planned: PlannedRun,
  { installation, people }: { installation: Installation; people: People },
  options: RunOptions,
): Promise<RunResult> {
  return Balancer.during(installation.gateways, async (balancer) => {
    const { load: plan, random } = planned;
    const users = people.through(balancer);
    const conversations = await people.found(balancer, planned.conversations);
    const name = `${planned.name}-${Date.now()}`;
    const load = new Load({ name, users, conversations, plan, random });
    try {
      return await runUnder(load, planned, { installation, ask: users[0] as Ask }, options);
    } finally {
      load[Symbol.dispose]();
    }
  });
}

async function runUnder(
  load: Load,
  { name, scenario, fault, afterMs }: PlannedRun,
  { installation, ask }: { installation: Installation; ask: Ask },
  { quietMs }: RunOptions,
): Promise<RunResult> {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  await waitFor(() => load.acknowledged > 20, { timeoutMs: 60_000, what: 'the load to be under way' });
  await sleep(afterMs);
  const from = performance.now();
  const unwanted = await fault.inflict(installation);
  const to = performance.now();
  await installation.untilReady();
  await untilQuiet(load, quietMs);
  await installation.untilReady();
  await load.stop();
  delays.disable();
  const figures = figuresOf(load.exchanges, { from, to });
  const { tooLate, heldUp } = judgeLate(figures.late, readDurations(installation.gatewayLogs()));
  return {
    name,
    description: fault.description,
    figures,
    acknowledged: load.acknowledged,
    faults: [
      ...unwanted,
      ...load.staleReads,
      ...unwantedFailures(figures, scenario),
      ...(scenario.mayBeLate ? [] : tooLate),
      ...(await checkLedger(load.sends, ask)),
      ...(await checkLogs(installation)),
    ],
    excusedLate: scenario.mayBeLate ? [...tooLate, ...heldUp] : heldUp,
    heldUpMs: delays.max / 1e6,
  };
}

async function untilQuiet(load: Load, quietMs: number): Promise<void> {
  const began = performance.now();
  const isQuiet = () => {
    const lastFailure = load.exchanges.findLast(({ answer }) => !succeeded(answer))?.endedAt ?? 0;
    return performance.now() - Math.max(began, lastFailure) > quietMs;
  };
  await waitFor(isQuiet, { timeoutMs: recoversWithinMs, what: 'every answer to succeed again' });
}
