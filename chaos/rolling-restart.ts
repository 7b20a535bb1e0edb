import type { Installation } from './installation.ts';

/** Milliseconds from SIGTERM to the end. */
const stopsWithinMs = 15_000;

export interface RestartOptions {
  readonly rounds: number;
  /** How many of each service. */
  readonly replicas: number;
}

/** Restarts one replica after the other. @returns which of them did not end as they should. */
export async function rollingRestart(
  installation: Installation,
  { rounds, replicas }: RestartOptions,
): Promise<string[]> {
  const faults: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const replica of installation.replicas.filter(({ service }) => service.replica <= replicas)) {
      const { code, stoppedInMs } = await replica.restart();
      const end = `${replica.name} ended with ${code} after ${Math.round(stoppedInMs)} ms`;
      if (code !== 0 || stoppedInMs > stopsWithinMs) faults.push(`${end}, in round ${round}`);
    }
  }
  return faults;
}
