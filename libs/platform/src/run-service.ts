import { flushCompileCache } from 'node:module';
import { collectDefaultMetrics } from '@prometheus-io/client';
import { ConfigError } from './config.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics/metrics.ts';

/** What every service offers: tests use the same calls as `main.ts`. */
export interface Service {
  readonly name: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Resolves, with the reason, if the service finds that it can't go on: only a new process helps. */
  readonly failure: Promise<Error>;
  /** Resolves when the service is ready to serve. */
  start(): Promise<void>;
  /** Finishes what is in flight and lets everything go. May be called while `start` is still under way. */
  stop(): Promise<void>;
  /** What is in flight, and what has not been let go of, for people. */
  readonly unfinished: readonly string[];
}

/** From the first signal to the end, in milliseconds. */
export const stopWithinMs = 12_000;

/** A signal often comes twice at once: from the terminal to the whole group, and forwarded by a parent. */
const sameSignalMs = 1_000;

/**
 * The whole life of a service's process: create, start, wait for SIGTERM or SIGINT, stop, exit 0. Settings that
 * are not valid, a start that fails and a service that can't go on exit 1 with the reason; so do a second signal
 * and a stop that takes too long, saying what they abandon. What the process as a whole uses, it adds to the
 * service's metrics.
 */
export async function runService(create: () => Service | Promise<Service>): Promise<void> {
  const service = await createOrExit(create);
  collectDefaultMetrics({
    register: service.metrics,
    labels: { service: service.name },
    // By itself ten times a second, which is half of what a process uses that has nothing to do.
    eventLoopUtilizationTimeout: 1_000,
  });
  const stop = stopOnce(service);
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // The launcher of a development stack holds this channel open: with it gone, so is the reason to run.
  process.on('disconnect', () => void stop('disconnect'));
  void service.failure.then((error) => {
    service.logger.fatal({ err: error }, `can't go on: ${error.message}`);
    return stop('failure', 1);
  });
  // Where it broke before anyone listened, it is not told again.
  if (process.send !== undefined && !process.connected) return stop('disconnect');
  try {
    await service.start();
    // Where NODE_COMPILE_CACHE is set: the next process starts faster, even if this one is killed.
    flushCompileCache();
  } catch (error) {
    if (!stop.called) exitWith(service.logger, error, `could not start: ${(error as Error).message}`);
  }
}

async function createOrExit(create: () => Service | Promise<Service>): Promise<Service> {
  try {
    return await create();
  } catch (error) {
    if (error instanceof ConfigError) console.error(error.message);
    else console.error('The service could not be made:', error);
    return process.exit(1);
  }
}

/** Stops the service at the first call; a later one that is not the same signal again ends the process at once. */
function stopOnce(service: Service) {
  const { logger } = service;
  const stop = async (reason: string, exitCode = 0): Promise<void> => {
    if (stop.called) {
      if (performance.now() - calledAt > sameSignalMs) abandon(service, `a second ${reason}`);
      return;
    }
    stop.called = true;
    calledAt = performance.now();
    logger.info({ reason }, 'stopping');
    setTimeout(abandon, stopWithinMs, service, `it took over ${stopWithinMs} ms`);
    try {
      await service.stop();
    } catch (error) {
      exitWith(logger, error, 'could not stop in order', service.unfinished);
    }
    logger.info('stopped');
    process.exit(exitCode);
  };
  let calledAt = 0;
  stop.called = false;
  return stop;
}

function abandon({ logger, unfinished }: Service, reason: string): never {
  return exitWith(logger, new Error(reason), 'ended before everything in flight was finished', unfinished);
}

function exitWith(logger: Logger, error: unknown, message: string, abandoned?: readonly string[]): never {
  logger.fatal({ err: error, abandoned }, message);
  return process.exit(1);
}
