import type { RunResult } from './run.ts';

export const tableHead = [
  '| Scenario | Fault | Asked | Not a success | Recovery | p99 | Longest | Over 5.1 s | Wrong |',
  '|---|---|---|---|---|---|---|---|---|',
].join('\n');

/** One line of the table. */
export function rowOf({ name, description, figures, faults }: RunResult): string {
  const { asked, failures, recoveryMs, p99Ms, maxMs, late } = figures;
  const failed = [...failures].map(([kind, times]) => `${times} × ${kind}`).join(', ') || 'none';
  const cells = [
    name,
    description,
    asked,
    failed,
    seconds(recoveryMs),
    seconds(p99Ms),
    seconds(maxMs),
    late.length,
    faults.length,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What somebody who looks into it wants to know beside the table. */
export function detailsOf({ name, faults, excusedLate, heldUpMs }: RunResult): string[] {
  const lines = [
    ...faults.map((fault) => `wrong: ${fault}`),
    ...excusedLate.map((exchange) => `late, excused: ${exchange}`),
  ];
  if (excusedLate.length > 0) lines.push(`this process itself was held up for at most ${seconds(heldUpMs)}`);
  return lines.map((line) => `${name}: ${line}`);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
