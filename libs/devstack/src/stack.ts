import path from 'node:path';
import { RunFile } from './data-folder/run-file.ts';
import { runRecord } from './data-folder/run-record.ts';
import { LaunchError } from './launch-error.ts';
import type { LaunchSettings } from './launch-settings.ts';
import { httpUrl } from './network/address.ts';
import { lastLines } from './output/last-lines.ts';
import { type Say, withProgress } from './output/progress.ts';
import { serviceOutput } from './output/service-output.ts';
import { describeExit, wasKilled } from './processes/describe-exit.ts';
import { maxQuickDeaths } from './processes/restart-policy.ts';
import { stopInOrder } from './processes/stop-in-order.ts';
import type { ProcessWatcher } from './processes/supervised-process.ts';
import { findProgram } from './providers/find-program.ts';
import { prepareEmbeddedServer, untilServerAnswers } from './servers/embedded-server.ts';
import { useGivenServer } from './servers/given-server.ts';
import { mongoServer } from './servers/mongo-server.ts';
import { natsServer } from './servers/nats-server.ts';
import type { RunningServer } from './servers/running-server.ts';
import type { ServerKind } from './servers/server-kind.ts';
import type { PlannedService } from './services/plan-services.ts';
import { serviceEnvironment } from './services/service-environment.ts';
import { signingKeyFile } from './services/signing-key.ts';
import { type RunningService, startService, untilReady } from './services/start-service.ts';

export interface StackOptions {
  readonly settings: LaunchSettings;
  readonly services: readonly PlannedService[];
  /** Ports of loopback for the servers that are ours. */
  readonly natsPort: number;
  readonly mongoPort: number;
  readonly say: Say;
  /** Aborts when the person wants it to stop. */
  readonly signal: AbortSignal;
}

export interface Servers {
  readonly nats: RunningServer;
  readonly mongo: RunningServer;
}

/** By when each is gone, in milliseconds from the beginning of the stop; the whole has 15 s. */
const stopBy = { gateway: 6_000, messaging: 9_000, users: 11_000, nats: 12_500, mongo: 14_000 };

/** NATS, MongoDB and the services, as processes of this machine. */
export class Stack {
  readonly #options: StackOptions;
  readonly #runFile: RunFile;
  readonly #failure = new AbortController();
  /** Aborts when the stack is to end; the reason of a failure is a `LaunchError`. */
  readonly ending: AbortSignal;
  #servers: Servers | undefined;
  #services: RunningService[] = [];

  constructor(options: StackOptions) {
    this.#options = options;
    this.#runFile = new RunFile(options.settings.NATTER_DATA);
    this.ending = AbortSignal.any([options.signal, this.#failure.signal]);
  }

  /** Whether there is anything to stop. */
  get running(): boolean {
    return this.#servers !== undefined;
  }

  get gateways(): string[] {
    const { services, settings } = this.#options;
    return services.flatMap(({ port }) => (port === undefined ? [] : httpUrl(settings.HOST, port)));
  }

  /** Resolves when every service is ready. Rejects with the reason when the stack is to end before. */
  async start(): Promise<Servers> {
    const servers = await this.#startServers();
    await this.#startServices(servers);
    return servers;
  }

  /** @returns the names of those that had to be ended by force. */
  async stop(): Promise<string[]> {
    const stages = (['gateway', 'messaging', 'users'] as const).map((name) => ({
      processes: this.#services.filter((service) => service.name === name).map(({ process }) => process),
      byMs: stopBy[name],
    }));
    const servers = (['nats', 'mongo'] as const).map((name) => ({
      processes: [this.#servers?.[name].process ?? []].flat(),
      byMs: stopBy[name],
    }));
    const forced = await stopInOrder([...stages, ...servers]);
    this.#runFile.remove();
    return forced;
  }

  /** Ends everything at once. */
  kill(): void {
    for (const { process } of this.#services) process.kill();
    this.#servers?.nats.process?.kill();
    this.#servers?.mongo.process?.kill();
    this.#runFile.remove();
  }

  async #startServers(): Promise<Servers> {
    const { settings, natsPort, mongoPort, say } = this.#options;
    const { nats, mongo } = await this.#both(
      this.#prepareServer(natsServer, settings.NATS_URL, natsPort),
      this.#prepareServer(mongoServer, settings.MONGODB_URL, mongoPort),
    );
    this.#servers = { nats, mongo };
    nats.process?.start();
    mongo.process?.start();
    this.#record();
    const ours = [nats, mongo].filter(({ process }) => process !== undefined);
    if (ours.length === 0) return this.#servers;
    await withProgress(say, `Starting ${ours.map(({ title }) => title).join(' and ')}`, () =>
      Promise.all([
        untilServerAnswers(natsServer, nats, this.ending),
        untilServerAnswers(mongoServer, mongo, this.ending),
      ]),
    );
    return this.#servers;
  }

  /** Where one fails the other is told to give up, and waited for: it may have something to clear away. */
  async #both(nats: Promise<RunningServer>, mongo: Promise<RunningServer>): Promise<Servers> {
    const both = [nats, mongo] as const;
    for (const server of both) server.catch((error) => this.#failure.abort(error));
    await Promise.allSettled(both);
    this.ending.throwIfAborted();
    return { nats: await nats, mongo: await mongo };
  }

  async #prepareServer(kind: ServerKind, url: string | undefined, port: number): Promise<RunningServer> {
    if (url !== undefined) return useGivenServer(kind, url);
    const { settings, say } = this.#options;
    const data = settings.NATTER_DATA;
    const found = await findProgram(kind, { data, cache: settings.NATTER_CACHE, say, signal: this.ending });
    const logFile = path.join(data, 'logs', `${kind.name.toLowerCase()}.log`);
    const watcher = this.#watch(kind.name, () => [`${logFile} ends with:`, ...lastLines(logFile, 10)]);
    return prepareEmbeddedServer(kind, found, { port, logFile, environment: process.env, watcher });
  }

  async #startServices({ nats, mongo }: Servers): Promise<void> {
    const { services, settings, say } = this.#options;
    const width = Math.max(...services.map(({ label }) => label.length));
    const place = {
      natsUrl: nats.url,
      natsPrefix: settings.NATS_PREFIX,
      mongoUrl: mongo.url,
      host: settings.HOST,
      signingKeyFile: signingKeyFile(settings.NATTER_DATA),
      compileCache: path.join(settings.NATTER_CACHE, 'compiled'),
    };
    this.#services = services.map((service) =>
      startService(service, {
        environment: serviceEnvironment(process.env, service, place),
        output: serviceOutput(service.label, width, process.stdout),
        watcher: this.#watch(service.label, () => []),
      }),
    );
    this.#record();
    await withProgress(say, `Starting ${services.map(({ label }) => label).join(', ')}`, () =>
      Promise.all(this.#services.map((service) => untilReady(service, this.ending))),
    );
  }

  #watch(name: string, lastWords: () => readonly string[]): ProcessWatcher {
    const { say } = this.#options;
    return {
      changed: () => this.#record(),
      died: (exit, restartInMs) => {
        if (!wasKilled(exit)) for (const line of lastWords()) say(line);
        say(`${name} ${describeExit(exit)}; it is started again in ${restartInMs} ms.`);
      },
      gaveUp: (exit) => {
        for (const line of lastWords()) say(line);
        const reason = `${name} ${describeExit(exit)}, the ${maxQuickDeaths}th time in a row within seconds of its start; the lines above say why. Everything is stopped.`;
        this.#failure.abort(new LaunchError(reason));
      },
    };
  }

  #record(): void {
    if (this.#servers === undefined) return;
    this.#runFile.write(runRecord({ ...this.#servers, gateways: this.gateways, services: this.#services }));
  }
}
