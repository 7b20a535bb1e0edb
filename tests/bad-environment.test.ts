import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePorts } from '@natter/devstack';
import { FaultProxy, type LogLine, NatsBroker, uniqueName, waitFor } from '@natter/testkit';
import { ServiceProcess } from './_service-process.ts';

const names = ['gateway', 'users', 'messaging'] as const;

type Name = (typeof names)[number];

const mongoUrl = String(process.env['TEST_MONGODB_URL']);

const complaintsOf = ({ log }: ServiceProcess) =>
  log.filter(({ level }) => ['warn', 'error', 'fatal'].includes(level)).map(({ msg }: LogLine) => msg);

describe('a service whose environment is bad', () => {
  let folder: string;
  let environment: Record<string, string>;
  const started: ServiceProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'natter-environment-'));
    const name = uniqueName();
    environment = {
      NATS_URL: String(process.env['TEST_NATS_URL']),
      NATS_PREFIX: name,
      MONGODB_URL: mongoUrl,
      MONGODB_DATABASE: name,
      JWT_PRIVATE_KEY_FILE: await keyFile('P-256'),
      PORT: '0',
    };
  });
  afterEach(() => {
    for (const service of started.splice(0)) service.kill();
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function keyFile(namedCurve: string): Promise<string> {
    const file = path.join(folder, `${namedCurve}.pem`);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return file;
  }

  async function start(name: Name, over: Record<string, string>): Promise<ServiceProcess> {
    const [adminPort] = (await freePorts(1)) as [number];
    const service = new ServiceProcess(name, { ...environment, ADMIN_PORT: `${adminPort}`, ...over });
    started.push(service);
    return service;
  }

  it.each(names)('%s names every fault of its settings in one message, and ends with 1', async (name) => {
    const service = await start(name, {
      NODE_ENV: 'production',
      LOG_LEVEL: 'loud',
      NATS_URL: 'http://nats',
      NATS_TLS_CA: 'none',
      MONGODB_URL: 'mongodb://127.0.0.1',
      JWT_PRIVATE_KEY_FILE: await keyFile('P-384'),
      PORT: 'http',
    });
    const { code, stderr } = await service.ended;
    const faults = {
      gateway: ['LOG_LEVEL', 'NATS_URL', 'NATS_TLS_CA', 'PORT'],
      users: ['LOG_LEVEL', 'NATS_URL', 'NATS_TLS_CA', 'JWT_PRIVATE_KEY_FILE', 'MONGODB_URL'],
      messaging: ['LOG_LEVEL', 'NATS_URL', 'NATS_TLS_CA', 'MONGODB_URL'],
    }[name];
    const lines = faults.map((fault) => `  ${fault}: .+\n`).join('');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^The settings are not valid:\n${lines}$`)),
    ]);
    expect(service.log).toEqual([]);
  });

  it('ends with 1 and says so where NATS refuses its credentials', async () => {
    await using broker = await NatsBroker.create({ extra: ['--user', 'users', '--pass', 'right'] });
    await broker.start();
    const refused = { NATS_URL: `nats://users:wrong@127.0.0.1:${broker.port}` };
    for (const service of await Promise.all(names.map((name) => start(name, refused)))) {
      expect((await service.ended).code).toBe(1);
      // A machine that is starved may first have taken too long to connect.
      expect(complaintsOf(service).at(-1)).toBe(
        'could not start: NATS refused the credentials of the user "users"',
      );
    }
  });

  it.each(['users', 'messaging'] as const)(
    '%s ends with 1 and says so where MongoDB refuses its credentials',
    async (name) => {
      const url = Object.assign(new URL(mongoUrl), { username: 'natter', password: 'wrong' }).href;
      const service = await start(name, { MONGODB_URL: url });
      expect((await service.ended).code).toBe(1);
      expect(complaintsOf(service).at(-1)).toBe(
        'could not start: MongoDB refused the credentials: those of the user "natter"',
      );
    },
  );

  it('waits for NATS without being ready, and says so, but not each time', async () => {
    await using broker = await NatsBroker.create();
    const service = await start('users', { NATS_URL: broker.url });
    {
      await using attempts = await broker.hangUp();
      await waitFor(() => attempts.count() > 4, { what: 'five attempts' });
      // A machine that is starved may count enough of them for it to be said again.
      expect(complaintsOf(service).length).toBeLessThan(attempts.count() / 2);
    }
    expect([await service.status('/livez'), await service.status('/readyz')]).toEqual([200, 503]);
    expect(new Set(complaintsOf(service))).toEqual(new Set(['NATS is not reachable, trying on']));
    await broker.start();
    await service.logged('ready');
    expect(await service.status('/readyz')).toBe(200);
  });

  it('waits for MongoDB without being ready, and says so', async () => {
    await using gate = await FaultProxy.to(mongoUrl);
    await gate.shut();
    const service = await start('messaging', { MONGODB_URL: gate.url });
    await service.logged('MongoDB is out of reach; trying on');
    expect([await service.status('/livez'), await service.status('/readyz')]).toEqual([200, 503]);
    await gate.open();
    await service.logged('ready');
    expect(new Set(complaintsOf(service))).toEqual(new Set(['MongoDB is out of reach; trying on']));
    expect(await service.status('/readyz')).toBe(200);
  });

  it('ends with 1 and says so when NATS no longer takes its credentials', async () => {
    const configuration = path.join(folder, 'nats.conf');
    const write = (password: string) =>
      writeFile(configuration, `authorization { user: users, password: ${password} }\n`);
    await write('before');
    await using broker = await NatsBroker.create({ extra: ['-c', configuration] });
    await broker.start();
    const service = await start('users', { NATS_URL: `nats://users:before@127.0.0.1:${broker.port}` });
    await service.logged('ready');
    await write('after');
    broker.reload();
    expect((await service.ended).code).toBe(1);
    expect(complaintsOf(service)).toContain('can\'t go on: NATS refused the credentials of the user "users"');
  });
});
