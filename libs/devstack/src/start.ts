import { once } from 'node:events';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { ConfigError } from '@natter/platform';
import { banner } from './banner.ts';
import { lockDataFolder } from './data-folder/data-lock.ts';
import { RunFile } from './data-folder/run-file.ts';
import { stopLeftovers } from './data-folder/stop-leftovers.ts';
import { createDemoUsers, holdsDemoUsers, refuseToExposeDemoUsers } from './demo-users.ts';
import { LaunchError } from './launch-error.ts';
import { type LaunchOptions, parseLaunchOptions } from './launch-options.ts';
import { type LaunchSettings, readLaunchSettings } from './launch-settings.ts';
import { isLoopback } from './network/address.ts';
import { gatewayPorts } from './network/gateway-ports.ts';
import { freePorts } from './network/ports.ts';
import type { Say } from './output/progress.ts';
import { stopRequest } from './processes/stop-request.ts';
import { checkSettings } from './services/check-settings.ts';
import { offersBasic } from './services/offers-basic.ts';
import { planServices } from './services/plan-services.ts';
import { registrationOf } from './services/service-environment.ts';
import { type Servers, Stack } from './stack.ts';

const say: Say = (line) => process.stdout.write(`${line}\n`);

/**
 * `npm start`: runs Natter on this machine until it is told to stop.
 *
 * @param args of the command line.
 * @returns the exit code: 0 when it was told to stop, 1 when it could not start or go on.
 */
export async function start(args: readonly string[]): Promise<number> {
  let stack: Stack | undefined;
  let lock: Disposable | undefined;
  const request = stopRequest(() => {
    say('Ending everything at once.');
    stack?.kill();
    process.exit(1);
  });
  try {
    const options = parseLaunchOptions(args);
    checkSettings(process.env);
    const settings = readLaunchSettings(process.env);
    makeDataFolder(settings.NATTER_DATA);
    lock = lockDataFolder(settings.NATTER_DATA);
    stack = await createStack(options, settings, request);
    await run(stack, options, settings);
    return 0;
  } catch (error) {
    if (request.aborted) {
      // Whatever ran by then has told of its stop.
      if (!stack?.running) say('Stopped before anything was started.');
      return 0;
    }
    console.error(error instanceof LaunchError || error instanceof ConfigError ? error.message : error);
    return 1;
  } finally {
    lock?.[Symbol.dispose]();
  }
}

function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new LaunchError(
      `The data can't be kept in ${folder} (${(error as Error).message}). Choose another folder: NATTER_DATA=other npm start`,
    );
  }
}

/** Whatever can make a start impossible is found out here, before anything slow begins. */
async function createStack(
  { replicas }: LaunchOptions,
  settings: LaunchSettings,
  signal: AbortSignal,
): Promise<Stack> {
  const { NATTER_DATA: data, HOST: host } = settings;
  await clearLeftovers(data);
  const gateways = await gatewayPorts(settings.PORT, replicas.gateway, host);
  if (isEmbedded(settings) && !isLoopback(host)) refuseToExposeDemoUsers(data, host);
  const count = Object.values(replicas).reduce((sum, replica) => sum + replica, 0);
  const [natsPort, mongoPort, ...admin] = (await freePorts(count + 2)) as [number, number, ...number[]];
  const services = planServices(replicas, { gateways, admin });
  return new Stack({ settings, services, natsPort, mongoPort, say, signal });
}

async function clearLeftovers(data: string): Promise<void> {
  const runFile = new RunFile(data);
  const record = runFile.read();
  if (record !== undefined) await stopLeftovers(record, data, say);
  runFile.remove();
}

async function run(stack: Stack, options: LaunchOptions, settings: LaunchSettings): Promise<void> {
  try {
    const servers = await stack.start();
    if (options.demo) await makeDemoUsers(servers, settings, stack.ending);
    const { gateways } = stack;
    const dataFolder = settings.NATTER_DATA;
    const demo = isEmbedded(settings) && holdsDemoUsers(dataFolder);
    const registration = registrationOf(process.env, settings.HOST);
    const basic = await offersBasic(gateways[0] as string);
    const startedInMs = performance.now();
    say(banner({ ...servers, gateways, demo, basic, registration, dataFolder, startedInMs }));
    if (!stack.ending.aborted) await once(stack.ending, 'abort');
    stack.ending.throwIfAborted();
  } finally {
    if (stack.running) await stop(stack);
  }
}

async function stop(stack: Stack): Promise<void> {
  say('Stopping the services, then NATS and MongoDB …');
  const forced = await stack.stop();
  say(forced.length === 0 ? 'Stopped.' : `Stopped; ended by force: ${forced.join(', ')}.`);
}

/** Only in a database of our own, and only where nobody but this machine can use their well-known password. */
async function makeDemoUsers(
  { nats }: Servers,
  settings: LaunchSettings,
  signal: AbortSignal,
): Promise<void> {
  if (!isEmbedded(settings) || !isLoopback(settings.HOST)) return;
  await createDemoUsers(
    { natsUrl: nats.url, natsPrefix: settings.NATS_PREFIX, dataFolder: settings.NATTER_DATA },
    signal,
  );
}

function isEmbedded({ NATS_URL, MONGODB_URL }: LaunchSettings): boolean {
  return NATS_URL === undefined && MONGODB_URL === undefined;
}
