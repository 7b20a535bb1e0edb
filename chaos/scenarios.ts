import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@natter/devstack';
import type { Random } from '../services/messaging/src/simulation/random.ts';
import type { Installation } from './installation.ts';
import type { Replica } from './replica.ts';
import { type RestartOptions, rollingRestart } from './rolling-restart.ts';

/** A fault whose every choice is made. */
export interface Fault {
  readonly description: string;
  /** Resolves when it is over, with what should not have happened. */
  inflict(installation: Installation): Promise<readonly string[]>;
}

export interface Scenario {
  /** Whether clients may notice it by more than an answer that takes longer. */
  readonly noticeable: boolean;
  /** Whether what clients wait for is frozen itself, so that nobody can answer by the deadline. */
  readonly mayBeLate?: boolean;
  draw(random: Random, options: RestartOptions): Fault;
}

const services = ['gateway', 'users', 'messaging'] as const;

const servers = ['nats', 'mongo'] as const;

const none: readonly string[] = [];

function noticeable(draw: Scenario['draw']): Scenario {
  return { noticeable: true, draw };
}

/** One process of a service. */
function drawReplica(random: Random, names: readonly ServiceName[]) {
  const name = random.pick(names);
  const number = random.between(1, 2);
  const of = (installation: Installation) => installation.of(name)[number - 1] as Replica;
  return { label: `${name}.${number}`, of };
}

function killReplica(name: ServiceName): Scenario {
  return noticeable((random) => {
    const { label, of } = drawReplica(random, [name]);
    return {
      description: `SIGKILL to ${label}`,
      async inflict(installation) {
        of(installation).signal('SIGKILL');
        return none;
      },
    };
  });
}

function freezeReplica(name: ServiceName): Scenario {
  const scenario = noticeable((random) => {
    const { label, of } = drawReplica(random, [name]);
    const ms = random.between(2_000, 8_000);
    return {
      description: `SIGSTOP to ${label} for ${ms} ms`,
      inflict: (installation) => freeze(of(installation), ms),
    };
  });
  return { ...scenario, mayBeLate: name === 'gateway' };
}

async function freeze(frozen: { signal(signal: NodeJS.Signals): void }, ms: number) {
  frozen.signal('SIGSTOP');
  await sleep(ms);
  frozen.signal('SIGCONT');
  return none;
}

function killServer(name: 'nats' | 'mongo'): Scenario {
  return noticeable(() => ({
    description: `SIGKILL to ${name}`,
    async inflict(installation) {
      installation[name].signal('SIGKILL');
      return none;
    },
  }));
}

function freezeServer(name: 'nats' | 'mongo'): Scenario {
  return noticeable((random) => {
    const ms = random.between(2_000, 12_000);
    return {
      description: `SIGSTOP to ${name} for ${ms} ms`,
      inflict: (installation) => freeze(installation[name], ms),
    };
  });
}

const wipeNats = noticeable(() => ({
  description: 'SIGKILL to nats, and all that JetStream had stored is gone',
  async inflict(installation) {
    installation.nats.wipe();
    return none;
  },
}));

/** Between one replica, of those that speak to the server, and the server. */
function drawLink(random: Random, server: 'nats' | 'mongo') {
  const { label, of } = drawReplica(random, server === 'nats' ? services : ['users', 'messaging']);
  return { label: `between ${label} and ${server}`, of: (all: Installation) => of(all).links[server] };
}

function slowLink(server: 'nats' | 'mongo'): Scenario {
  return noticeable((random) => {
    const { label, of } = drawLink(random, server);
    const [delayMs, ms] = [random.between(50, 400), random.between(3_000, 6_000)];
    return {
      description: `${delayMs} ms each way ${label} for ${ms} ms`,
      async inflict(installation) {
        of(installation).delay(delayMs);
        await sleep(ms);
        of(installation).delay(0);
        return none;
      },
    };
  });
}

function resetLink(server: 'nats' | 'mongo'): Scenario {
  return noticeable((random) => {
    const { label, of } = drawLink(random, server);
    const [times, pauseMs] = [random.between(1, 5), random.between(100, 1_500)];
    return {
      description: `${times} × RST ${label}, every ${pauseMs} ms`,
      async inflict(installation) {
        for (let time = 1; time <= times; time += 1) {
          of(installation).reset();
          if (time < times) await sleep(pauseMs);
        }
        return none;
      },
    };
  });
}

function halfOpenLink(server: 'nats' | 'mongo'): Scenario {
  return noticeable((random) => {
    const { label, of } = drawLink(random, server);
    return {
      description: `every connection ${label} is silently dropped`,
      async inflict(installation) {
        of(installation).forget();
        return none;
      },
    };
  });
}

function deafLink(server: 'nats' | 'mongo'): Scenario {
  return noticeable((random) => {
    const { label, of } = drawLink(random, server);
    const ms = random.between(2_000, 12_000);
    return {
      description: `what the server says does not arrive ${label} for ${ms} ms`,
      async inflict(installation) {
        of(installation).hold();
        await sleep(ms);
        of(installation).release();
        return none;
      },
    };
  });
}

const shiftClock: Scenario = {
  noticeable: false,
  draw(random) {
    const { label, of } = drawReplica(random, ['users', 'messaging']);
    const minutes = random.pick([-1, 1]) * random.between(1, 2_880);
    const ms = random.between(4_000, 8_000);
    return {
      description: `the clock of ${label} is ${minutes} min off for ${ms} ms`,
      async inflict(installation) {
        of(installation).shiftClock(minutes * 60_000);
        await sleep(ms);
        of(installation).shiftClock(0);
        return none;
      },
    };
  },
};

const restartEach: Scenario = {
  noticeable: false,
  draw: (_random, options) => ({
    description: `${options.rounds} × SIGTERM to ${options.replicas} of each service, one at a time`,
    inflict: (installation) => rollingRestart(installation, options),
  }),
};

/** Every scenario under its name, each the same for every part where it makes sense. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'rolling-restart': restartEach,
  ...Object.fromEntries(services.map((name) => [`kill-${name}`, killReplica(name)])),
  ...Object.fromEntries(servers.map((name) => [`kill-${name}`, killServer(name)])),
  ...Object.fromEntries(services.map((name) => [`freeze-${name}`, freezeReplica(name)])),
  ...Object.fromEntries(servers.map((name) => [`freeze-${name}`, freezeServer(name)])),
  'wipe-nats': wipeNats,
  ...Object.fromEntries(servers.map((name) => [`slow-${name}`, slowLink(name)])),
  ...Object.fromEntries(servers.map((name) => [`reset-${name}`, resetLink(name)])),
  ...Object.fromEntries(servers.map((name) => [`half-open-${name}`, halfOpenLink(name)])),
  ...Object.fromEntries(servers.map((name) => [`deaf-${name}`, deafLink(name)])),
  'shift-clock': shiftClock,
};
