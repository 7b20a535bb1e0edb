import { writeFileSync } from 'node:fs';
import type { RunningService } from '@natter/devstack';
import { type FaultProxy, waitFor } from '@natter/testkit';

/** A machine that is starved takes its time. */
const patienceMs = 60_000;

/** One process of a service, and its ways to the servers. */
export class Replica {
  readonly service: RunningService;
  readonly links: Readonly<Record<'nats' | 'mongo', FaultProxy>>;
  readonly #clockFile: string;

  constructor(service: RunningService, links: Replica['links'], clockFile: string) {
    this.service = service;
    this.links = links;
    this.#clockFile = clockFile;
  }

  get name(): string {
    return this.service.process.name;
  }

  signal(signal: NodeJS.Signals): void {
    const { pid } = this.service.process;
    if (pid === null) throw new Error(`${this.name} is not running`);
    process.kill(pid, signal);
  }

  /** From now on the replica's clock is off by so many milliseconds. */
  shiftClock(ms: number): void {
    writeFileSync(this.#clockFile, String(ms));
    this.signal('SIGUSR2');
  }

  async isReady(): Promise<boolean> {
    const { pid } = this.service.process;
    if (pid === null) return false;
    return fetch(`${this.service.adminUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  untilReady(): Promise<void> {
    return waitFor(() => this.isReady(), { timeoutMs: patienceMs, what: `${this.name} to be ready` });
  }

  /** Asks it to stop. @returns how it ended, and after how many milliseconds, once its successor is ready. */
  async restart(): Promise<{ code: number | null; stoppedInMs: number }> {
    const { process } = this.service;
    const { lastExit } = process;
    const began = performance.now();
    this.signal('SIGTERM');
    await waitFor(() => process.lastExit !== lastExit, {
      timeoutMs: patienceMs,
      what: `the end of ${this.name}`,
    });
    const stoppedInMs = performance.now() - began;
    await this.untilReady();
    return { code: process.lastExit?.code ?? null, stoppedInMs };
  }
}
