import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LaunchError } from '../launch-error.ts';
import { type ProcessWatcher, SupervisedProcess } from '../processes/supervised-process.ts';
import { poll } from '../servers/poll.ts';
import type { PlannedService } from './plan-services.ts';
import type { ServiceName } from './service-names.ts';

export interface RunningService {
  readonly name: ServiceName;
  readonly replica: number;
  readonly adminUrl: string;
  readonly process: SupervisedProcess;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const readyWithinMs = 60_000;

/** Starts one process of a service; it may not be ready yet. */
export function startService(
  { name, replica, label, adminPort }: PlannedService,
  options: { environment: NodeJS.ProcessEnv; output: (line: string) => void; watcher: ProcessWatcher },
): RunningService {
  const args = [path.join(root, 'services', name, 'src', 'main.ts')];
  const { environment, output, watcher } = options;
  const supervised = new SupervisedProcess(
    { name: label, command: process.execPath, args, environment, output },
    watcher,
  );
  supervised.start();
  return { name, replica, adminUrl: `http://127.0.0.1:${adminPort}`, process: supervised };
}

/** @throws {LaunchError} when it takes too long, with what the service says about itself. */
export async function untilReady(service: RunningService, signal: AbortSignal): Promise<void> {
  try {
    await poll(() => askReadiness(service.adminUrl), { withinMs: readyWithinMs, signal });
  } catch (error) {
    signal.throwIfAborted();
    const why = (error as Error).message;
    throw new LaunchError(`${service.process.name} is not ready after ${readyWithinMs / 1_000} s: ${why}`);
  }
}

async function askReadiness(adminUrl: string): Promise<void> {
  const answer = await fetch(`${adminUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
  const report = await answer.text();
  if (!answer.ok) throw new Error(report);
}
