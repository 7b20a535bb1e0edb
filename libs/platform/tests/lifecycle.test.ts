import { describe, expect, it } from '@jest/globals';
import { createLogger, Lifecycle } from '../src/index.ts';

const settings = { ADMIN_HOST: '127.0.0.1', ADMIN_PORT: 0, OTEL_TRACES_SAMPLER_ARG: 1 };

const owner = {
  name: 'test',
  version: '0.0.0',
  logger: createLogger({ name: 'test', level: 'silent' }),
};

const statusOf = async (lifecycle: Lifecycle, path: string) =>
  (await fetch(lifecycle.adminUrl + path)).status;

describe('Lifecycle', () => {
  it('answers for its health while the service is still taking what it needs, and is ready when it has all', async () => {
    const lifecycle = new Lifecycle(owner, settings);
    const { promise: server, resolve } = Promise.withResolvers<void>();
    const { promise: taking, resolve: begin } = Promise.withResolvers<void>();
    lifecycle.health.add({ name: 'server', ready: () => true });
    const started = lifecycle.start(() => {
      begin();
      return server;
    });
    await taking;
    expect([await statusOf(lifecycle, '/livez'), await statusOf(lifecycle, '/readyz')]).toEqual([200, 503]);
    resolve();
    await started;
    expect(await statusOf(lifecycle, '/readyz')).toBe(200);
    await lifecycle.stop();
  });

  it('lets go of what was taken last first, and of the admin server at the end', async () => {
    const lifecycle = new Lifecycle(owner, settings);
    const gone: string[] = [];
    await lifecycle.start(async () => {
      for (const what of ['first', 'second']) {
        lifecycle.onStop(what, async () => {
          gone.push(`${what}, not ready: ${await statusOf(lifecycle, '/readyz')}`);
        });
      }
    });
    await lifecycle.stop();
    expect(lifecycle.unfinished).toEqual([]);
    expect(gone).toEqual(['second, not ready: 503', 'first, not ready: 503']);
    await expect(statusOf(lifecycle, '/livez')).rejects.toThrow('fetch failed');
  });

  it('can say what it has not let go of yet, as it is at that moment', async () => {
    const lifecycle = new Lifecycle(owner, settings);
    let requests = 2;
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    await lifecycle.start(async () => {
      lifecycle.onStop('the database', async () => undefined);
      lifecycle.onStop(
        () => `requests: ${requests}`,
        () => answered,
      );
    });
    const stopped = lifecycle.stop();
    requests = 1;
    expect(lifecycle.unfinished).toEqual(['requests: 1', 'the database', 'the admin server']);
    answer();
    await stopped;
    expect(lifecycle.unfinished).toEqual([]);
  });

  it('stops a start that is still waiting, and lets go of what it had', async () => {
    const lifecycle = new Lifecycle(owner, settings);
    let held = true;
    const { promise: waiting, resolve: begin } = Promise.withResolvers<void>();
    const started = lifecycle.start(async () => {
      lifecycle.onStop('what it had', async () => {
        held = false;
      });
      begin();
      await new Promise((_, reject) => {
        lifecycle.stopping.addEventListener('abort', () => reject(new Error('told to stop')));
      });
    });
    await waiting;
    await Promise.all([expect(started).rejects.toThrow('told to stop'), lifecycle.stop()]);
    expect(held).toBe(false);
  });
});
