import { fileURLToPath } from 'node:url';
import { LoggedProcess } from '@natter/testkit';

/** What the environment of the tests says of servers is none of a service's business. */
const unset = { NATS_URL: '', MONGODB_URL: '', NODE_OPTIONS: '' };

/** A service as it runs in production: its `main.ts` in a process of its own, and nothing around it. */
export class ServiceProcess extends LoggedProcess {
  readonly name: string;
  readonly #adminPort: string | undefined;

  constructor(name: 'gateway' | 'users' | 'messaging', environment: Record<string, string>) {
    const main = fileURLToPath(new URL(`../services/${name}/src/main.ts`, import.meta.url));
    super(main, { environment: { ...unset, ...environment } });
    this.name = name;
    this.#adminPort = environment['ADMIN_PORT'];
  }

  /** The status with which it answers on its admin server; undefined while that does not listen yet. */
  async status(route: '/livez' | '/readyz'): Promise<number | undefined> {
    const answer = await fetch(`http://127.0.0.1:${this.#adminPort}${route}`).catch((error: Error) => {
      if (error.name === 'TypeError') return undefined;
      throw error;
    });
    return answer?.status;
  }
}
