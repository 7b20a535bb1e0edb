/** Keeps a slow step from looking like a program that hangs. */
const stillAtItMs = 10_000;

export type Say = (line: string) => void;

/** Runs a slow step and says when it begins, that it is still under way, and how long it took. */
export async function withProgress<T>(say: Say, what: string, step: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  say(`${what} …`);
  const timer = setInterval(() => say(`  … ${what}: still at it after ${seconds()}`), stillAtItMs);
  try {
    const result = await step();
    say(`  ${what}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
