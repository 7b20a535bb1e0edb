import type { BusObserver } from '../src/index.ts';

/** An observer that notes what it is told, as lines. */
export function recordingObserver(): BusObserver & {
  lines: string[];
  /** The rest of each line that begins so. */
  after(beginning: string): string[];
  behind: Map<string, () => Promise<number>>;
} {
  const lines: string[] = [];
  const behind = new Map<string, () => Promise<number>>();
  const note = (...words: string[]) => void lines.push(words.join(' '));
  return {
    lines,
    behind,
    after: (beginning) =>
      lines.filter((line) => line.startsWith(beginning)).map((line) => line.slice(beginning.length).trim()),
    calling: ({ name }) => {
      note('calling', name);
      return (outcome) => note('called', name, outcome);
    },
    repeating: ({ name }, after) => note('repeating', name, after),
    breakerIs: (service, state) => note('breaker', service, state),
    serving: ({ name }) => {
      note('serving', name);
      return (outcome) => note('served', name, outcome);
    },
    consuming: (durable, ask) => void behind.set(durable, ask),
    settled: (durable, settlement) => note('settled', durable, settlement),
  };
}
