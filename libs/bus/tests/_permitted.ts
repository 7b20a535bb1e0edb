import { fileURLToPath } from 'node:url';
import type { CallerName } from '@natter/contracts';
import { NatsBroker } from '@natter/testkit';
import { connect, Events, type NatsConnection } from 'nats';
import { natsUsers, passwordVariable } from '../src/index.ts';
import { inboxPrefix } from '../src/subject.ts';
import { openBus, until } from './_bus.ts';

const configuration = fileURLToPath(new URL('../../../deploy/nats/permissions.conf', import.meta.url));

const passwordOf = (user: CallerName) => `password-of-${user}`;

/** A NATS server with the configuration that we deliver. */
export async function startPermitted(): Promise<NatsBroker> {
  const passwords = natsUsers.map((user) => [passwordVariable(user), passwordOf(user)]);
  const broker = await NatsBroker.create({
    extra: ['-c', configuration],
    environment: Object.fromEntries(passwords),
  });
  await broker.start();
  return broker;
}

/** A bus as the service of that name has it. */
export function openBusAs(user: CallerName, { port }: NatsBroker) {
  return openBus('natter', `nats://${user}:${passwordOf(user)}@127.0.0.1:${port}`, user);
}

/** A bare connection of a user, and what NATS forbade it. */
export class PermittedClient {
  readonly nats: NatsConnection;
  readonly #forbidden: string[] = [];

  private constructor(nats: NatsConnection) {
    this.nats = nats;
    void this.#watch();
  }

  static async connect(user: CallerName, { port }: NatsBroker): Promise<PermittedClient> {
    return new PermittedClient(
      await connect({
        servers: `127.0.0.1:${port}`,
        user,
        pass: passwordOf(user),
        inboxPrefix: inboxPrefix(user),
      }),
    );
  }

  /** Of the subjects those that may not be published to. */
  forbiddenToPublish(subjects: readonly string[]): Promise<string[]> {
    return this.#forbiddenAmong(subjects, (subject) => this.nats.publish(subject));
  }

  /** Of the subjects those that may not be subscribed to. */
  forbiddenToSubscribe(subjects: readonly string[]): Promise<string[]> {
    return this.#forbiddenAmong(subjects, (subject) => {
      this.nats.subscribe(subject, { callback: () => undefined });
    });
  }

  close(): Promise<void> {
    return this.nats.close();
  }

  /** NATS says what it forbids in the order of the attempts; the last one, forbidden to all, tells that all was said. */
  async #forbiddenAmong(subjects: readonly string[], attempt: (subject: string) => void): Promise<string[]> {
    this.#forbidden.length = 0;
    for (const subject of subjects) attempt(subject);
    attempt(last);
    await until('the last attempt to be forbidden', () => this.#forbidden.at(-1) === last);
    return this.#forbidden.slice(0, -1);
  }

  async #watch(): Promise<void> {
    for await (const { type, permissionContext } of this.nats.status()) {
      if (type === Events.Error && permissionContext) this.#forbidden.push(permissionContext.subject);
    }
  }
}

const last = 'forbidden.to.all';
