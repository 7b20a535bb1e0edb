import type { LiveResult } from './live-run.ts';

/** What is wrong with many listeners is often the same. */
const mostFaults = 40;

/** What came of a run, in lines. */
export function liveDetailsOf(name: string, result: LiveResult): string[] {
  const { faults, operations, removals, blocks, entries, connections, cuts, caughtUpInMs } = result;
  const caughtUp = `${(caughtUpInMs / 1_000).toFixed(1)} s after the last write all had everything`;
  return [
    `${name}: ${operations} operations, ${removals} removals, ${blocks} blocks; ${entries} entries given; ${cuts} cuts, ${connections} connections; ${caughtUp}`,
    ...faults.slice(0, mostFaults).map((fault) => `${name}: wrong: ${fault}`),
    ...(faults.length > mostFaults ? [`${name}: wrong: and ${faults.length - mostFaults} more`] : []),
  ];
}
