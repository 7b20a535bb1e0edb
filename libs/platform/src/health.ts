/**
 * One thing that a service needs. `ready` says whether it serves now; `alive` is false only where the process
 * can't get well without a restart: the mere absence of a dependency never is such a case.
 */
export interface HealthCheck {
  readonly name: string;
  ready(): boolean | Promise<boolean>;
  alive?(): boolean;
}

export interface HealthReport {
  ok: boolean;
  checks: Record<string, boolean>;
}

/** Gathers the checks of a service behind `/livez` and `/readyz`. */
export class Health {
  readonly #checks: HealthCheck[] = [];
  #state: 'starting' | 'serving' | 'draining' = 'starting';

  add(check: HealthCheck): void {
    this.#checks.push(check);
  }

  /** All that the service does has begun: until now it was not ready, whatever its checks say. */
  serve(): void {
    if (this.#state === 'starting') this.#state = 'serving';
  }

  /** From now on the service is not ready, whatever its checks say. */
  drain(): void {
    this.#state = 'draining';
  }

  live(): HealthReport {
    return report(this.#checks.map((check) => [check.name, check.alive?.() ?? true]));
  }

  /** Asks every check, each for at most a second. */
  async ready(): Promise<HealthReport> {
    const asked = this.#checks.map(
      async (check): Promise<[string, boolean]> => [check.name, await ask(check)],
    );
    return report([...(await Promise.all(asked)), ['serving', this.#state === 'serving']]);
  }
}

async function ask(check: HealthCheck): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, 1_000, false);
  try {
    return await Promise.race([check.ready(), late]);
  } catch {
    // A check that can't be asked is a dependency that isn't there; what broke is logged where it broke.
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function report(results: readonly [string, boolean][]): HealthReport {
  return { ok: results.every(([, ok]) => ok), checks: Object.fromEntries(results) };
}
