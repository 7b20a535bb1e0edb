// A process whose service behaves as its argument says.
import { pbkdf2 } from 'node:crypto';
import { once } from 'node:events';
import { mock } from 'node:test';
import { z } from 'zod';
import { createLogger, createMetrics, parseConfig, runService, type Service } from '../src/index.ts';

const never = () => new Promise<never>(() => undefined);

const name = 'fixture';
const logger = createLogger({ name, level: 'info' });
const metrics = createMetrics({ name, version: '0.0.0' });

/** A service that is alive from its start to its stop, but for what it does otherwise. */
function service(otherwise: Partial<Service> = {}): Service {
  let life: NodeJS.Timeout | undefined;
  return {
    name,
    logger,
    failure: otherwise.failure ?? never(),
    metrics,
    start: async () => {
      life = setInterval(() => undefined, 60_000);
      logger.info('started');
    },
    stop: async () => {
      clearInterval(life);
      await otherwise.stop?.();
    },
    unfinished: ['requests being handled: 3', 'MongoDB'],
    ...(otherwise.start && { start: otherwise.start }),
  };
}

const behaviours: Record<string, () => Service | Promise<Service>> = {
  obedient: () => service(),
  misconfigured: () => {
    parseConfig(z.object({ SECRET: z.string(), PORT: z.string() }), {});
    return service();
  },
  'cannot be created': () => Promise.reject(new Error('no key')),
  'cannot start': () => service({ start: () => Promise.reject(new Error('port taken')) }),
  'starts until it is stopped': () => {
    const { promise, reject } = Promise.withResolvers<void>();
    const life = setInterval(() => undefined, 60_000);
    return service({
      start: () => {
        logger.info('starting');
        return promise;
      },
      stop: async () => {
        clearInterval(life);
        reject(new Error('stopped while it was starting'));
      },
    });
  },
  "can't go on": () => {
    const { promise, resolve } = Promise.withResolvers<Error>();
    setImmediate(() => resolve(new Error('shut out')));
    return service({ failure: promise });
  },
  'cannot stop': () => service({ stop: () => Promise.reject(new Error('disk full')) }),
  'never stops': () => service({ stop: never }),
  'hears a second signal while it stops': () =>
    service({
      stop: async () => {
        const second = once(process, 'SIGINT');
        process.kill(process.pid, 'SIGINT');
        await second;
      },
    }),
  'takes too long to stop': () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    return service({
      stop: () => {
        mock.timers.tick(11_999);
        logger.info('after 11,999 ms');
        mock.timers.tick(1);
        return never();
      },
    });
  },
  'is told to stop while every thread is busy': () => {
    // Heard before the service hears it, so that nothing it logs then finds a thread to be written by.
    process.once('SIGTERM', () => {
      for (let thread = 0; thread < 4; thread += 1)
        pbkdf2('password', 'salt', 100_000, 64, 'sha512', () => undefined);
    });
    return service();
  },
  'outlives its parent before it exists': async () => {
    await once(process, 'disconnect');
    return service();
  },
};

const create = behaviours[process.argv[2] ?? ''];
if (create === undefined) throw new Error('the argument names no behaviour');
await runService(create);
