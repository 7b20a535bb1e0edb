import type { Exchange } from './load.ts';
import { succeeded } from './question.ts';

/** Milliseconds: every answer has a deadline of 5 s, and a tenth of a second to arrive. */
export const answeredWithinMs = 5_100;

export interface Figures {
  readonly asked: number;
  /** How many answers there were of each kind that is no success. */
  readonly failures: ReadonlyMap<string, number>;
  /** From the end of the fault to the last answer that was none, or no success; milliseconds. */
  readonly recoveryMs: number;
  /** Of the answers during the fault and the recovery, in milliseconds. */
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Answers that took longer than they may. */
  readonly late: readonly Exchange[];
}

export interface FaultWindow {
  readonly from: number;
  readonly to: number;
}

/** What clients saw of a fault. */
export function figuresOf(exchanges: readonly Exchange[], { from, to }: FaultWindow): Figures {
  const failed = exchanges.filter(({ answer }) => !succeeded(answer));
  const lastFailure = Math.max(to, ...failed.map(({ endedAt }) => endedAt));
  const during = exchanges.filter(
    ({ startedAt, endedAt }) => endedAt >= from && startedAt <= lastFailure + 1_000,
  );
  const times = during.map(msOf).toSorted((one, other) => one - other);
  return {
    asked: exchanges.length,
    failures: countBy(failed, ({ answer }) => [answer.status ?? 'no answer', answer.code].join(' ')),
    recoveryMs: lastFailure - to,
    p99Ms: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
    maxMs: times.at(-1) ?? 0,
    late: exchanges.filter((exchange) => msOf(exchange) > answeredWithinMs),
  };
}

export function msOf({ startedAt, endedAt }: Exchange): number {
  return endedAt - startedAt;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
