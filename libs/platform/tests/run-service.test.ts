import { expect, test } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { runServiceProcess } from './_run-service-process.ts';

const abandoned = ['requests being handled: 3', 'MongoDB'];

const messagesOf = ({ log }: ReturnType<typeof runServiceProcess>) => log.map(({ msg }) => msg);

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops the service in order, with exit code 0',
  async (signal) => {
    const service = runServiceProcess('obedient');
    await service.logged('started');
    service.child.kill(signal);
    expect(await service.ended).toEqual({ code: 0, signal: null, stderr: '' });
    expect(messagesOf(service)).toEqual(['started', 'stopping', 'stopped']);
  },
);

test('what is logged is a JSON object a line, with level, name and an RFC 3339 time', async () => {
  const service = runServiceProcess('obedient');
  await service.logged('started');
  expect(service.log[0]).toMatchObject({
    level: 'info',
    name: 'fixture',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

test('what is logged before the end is there, in order, however busy the process is', async () => {
  const service = runServiceProcess('is told to stop while every thread is busy');
  await service.logged('started');
  service.child.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(messagesOf(service)).toEqual(['started', 'stopping', 'stopped']);
});

test('settings that are not valid end it with their faults and no stack', async () => {
  const { code, stderr } = await runServiceProcess('misconfigured').ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The settings are not valid:\n {2}SECRET: .+\n {2}PORT: .+\n$/);
});

test('a service that cannot be created ends it with the reason', async () => {
  const { code, stderr } = await runServiceProcess('cannot be created').ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The service could not be made: Error: no key\n/);
});

test('a start that fails ends it with the reason', async () => {
  const service = runServiceProcess('cannot start');
  expect(await service.ended).toMatchObject({ code: 1 });
  expect(service.log).toMatchObject([
    { level: 'fatal', msg: 'could not start: port taken', err: { message: 'port taken' } },
  ]);
});

test("a service that can't go on stops in order, with the reason and exit code 1", async () => {
  const service = runServiceProcess("can't go on");
  expect(await service.ended).toMatchObject({ code: 1 });
  expect(messagesOf(service)).toEqual(['started', "can't go on: shut out", 'stopping', 'stopped']);
});

test('a signal while it starts stops it, and is no failure', async () => {
  const service = runServiceProcess('starts until it is stopped');
  await service.logged('starting');
  service.child.kill('SIGTERM');
  expect(await service.ended).toEqual({ code: 0, signal: null, stderr: '' });
  expect(messagesOf(service)).toEqual(['starting', 'stopping', 'stopped']);
});

test('a stop that fails ends it with the reason', async () => {
  const service = runServiceProcess('cannot stop');
  await service.logged('started');
  service.child.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 1 });
  expect(service.log.at(-1)).toMatchObject({
    msg: 'could not stop in order',
    err: { message: 'disk full' },
    abandoned,
  });
});

test('a second signal within a second is the same one', async () => {
  const service = runServiceProcess('hears a second signal while it stops');
  await service.logged('started');
  service.child.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(messagesOf(service)).toEqual(['started', 'stopping', 'stopped']);
});

test('a second signal later than that ends it at once, and says so', async () => {
  const service = runServiceProcess('never stops');
  await service.logged('started');
  const began = performance.now();
  const insist = () => {
    service.child.kill('SIGTERM');
    return service.child.exitCode !== null;
  };
  await waitFor(insist, { what: 'the end' });
  expect(performance.now() - began).toBeGreaterThan(1_000);
  expect(await service.ended).toMatchObject({ code: 1 });
  expect(service.log.at(-1)).toMatchObject({
    level: 'fatal',
    err: { message: 'a second SIGTERM' },
    abandoned,
  });
});

test('a stop that takes over 12 s ends it, and says so', async () => {
  const service = runServiceProcess('takes too long to stop');
  await service.logged('started');
  service.child.kill('SIGTERM');
  expect(await service.ended).toMatchObject({ code: 1 });
  expect(messagesOf(service)).toEqual([
    'started',
    'stopping',
    'after 11,999 ms',
    'ended before everything in flight was finished',
  ]);
  expect(service.log.at(-1)).toMatchObject({ err: { message: 'it took over 12000 ms' }, abandoned });
});

test('it stops when the parent that watches over it goes away', async () => {
  const service = runServiceProcess('obedient', { channel: true });
  await service.logged('started');
  service.child.disconnect();
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(service.log.at(-2)).toMatchObject({ msg: 'stopping', reason: 'disconnect' });
});

test('it does not even start when that parent went away before it could listen', async () => {
  const service = runServiceProcess('outlives its parent before it exists', { channel: true });
  service.child.disconnect();
  expect(await service.ended).toMatchObject({ code: 0 });
  expect(messagesOf(service)).toEqual(['stopping', 'stopped']);
});
