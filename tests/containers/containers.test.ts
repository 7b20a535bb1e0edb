import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { password } from '../_client.ts';
import { describeConversations } from '../_conversations/describe-conversations.ts';
import { describeStories } from '../_stories.ts';
import { Containers, sizeOver } from './_containers.ts';

const services = ['gateway', 'users', 'messaging'] as const;

const serviceOf = ({ Config }: { Config: { Labels: Record<string, string> } }) =>
  Config.Labels['com.docker.compose.service'] ?? '';

describe('docker compose up', () => {
  let containers: Containers;

  beforeAll(async () => {
    containers = await Containers.start();
    for (const username of ['alice', 'bob', 'carol']) {
      const { code, errors } = await containers.operate(['users', 'add', username], `${password}\n`);
      if (code !== 0) throw new Error(`${username} could not be added: ${errors}`);
    }
  }, 1_800_000);
  afterAll(() => containers.remove(), 120_000);

  /** What a program prints that runs where the users service does. */
  const evaluate = (program: string) =>
    containers.exec('users-1', 'node', '--input-type=module', '--eval', program);

  describeStories(() => containers);
  describeConversations(() => containers);

  it('has an operator who is told what is there, and what is wrong', async () => {
    const made = await containers.operate(['users', 'add', 'dave', '--generate-password']);
    expect(made).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^dave is added\.\nPassword: [\w-]{24}\n$/),
    });
    const taken = await containers.operate(['users', 'add', 'dave'], `${password}\n`);
    expect(taken).toMatchObject({ code: 1, output: 'The username dave is taken.\n' });
    const { output: accounts } = await containers.operate(['users', 'list']);
    expect(accounts).toMatch(/^dave +\d{4}-\d\d-\d\d {2}dave$/m);
    const check = await containers.operate(['check']);
    expect(check).toMatchObject({ code: 0, output: expect.stringMatching(/nothing is wrong/) });
  });

  it('has an operator who may ask for all that a projection is rebuilt from', async () => {
    const rebuilt = await containers.operate(['rebuild', 'users']);
    expect(rebuilt).toMatchObject({
      code: 0,
      output: expect.stringMatching(/; 0 had to be put right\.\n$/),
    });
  });

  it('opens one port of the host, the gateway’s, on loopback', async () => {
    const open = (await containers.inspect()).flatMap((container) =>
      Object.entries(container.NetworkSettings.Ports).flatMap(([port, bindings]) =>
        (bindings ?? []).map(({ HostIp }) => [serviceOf(container), port, HostIp]),
      ),
    );
    expect(open).toEqual([['gateway', '8000/tcp', '127.0.0.1']]);
  });

  it('gives the services no rights on their containers', async () => {
    const ours = (await containers.inspect()).filter((container) =>
      services.some((service) => service === serviceOf(container)),
    );
    expect(ours).toHaveLength(4);
    for (const { Config, HostConfig } of ours) {
      expect(Config.User).toBe('1000:1000');
      expect(HostConfig).toMatchObject({
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true'],
      });
    }
  });

  it.each(services)('has a %s that is Node and the first process', async (service) => {
    const command = await containers.exec(`${service}-1`, 'cat', '/proc/1/cmdline');
    expect(command.split('\0')).toEqual(['node', 'src/main.ts', '']);
  });

  it.each(services)('adds less than 120 MB to the image that %s is based on', async (service) => {
    expect(await sizeOver('node:24-bookworm-slim', `natter-${service}`)).toBeLessThan(120_000_000);
  });

  it('keeps a service out of the database of another', async () => {
    expect(await evaluate(countUsersIn('users'))).toMatch(/^\d+$/);
    expect(await evaluate(countUsersIn('messaging'))).toBe('Unauthorized');
  });

  it('lets nobody into NATS or MongoDB without a password', async () => {
    const reads = "createConnection('mongodb://mongodb/users').asPromise()";
    const attempts = {
      nats: "connect({ servers: 'nats' })",
      mongoose: `${reads}.then((mongodb) => mongodb.collection('users').findOne())`,
    };
    expect(await evaluate(attempt('nats', attempts.nats))).toBe('AUTHORIZATION_VIOLATION');
    expect(await evaluate(attempt('mongoose', attempts.mongoose))).toBe('Unauthorized');
  });

  it.each(services)('stops %s in order, with exit code 0', async (service) => {
    expect(await containers.stop(`${service}-1`)).toBe(0);
  });
});

const countUsersIn = (database: string) => `
  import { readFileSync } from 'node:fs';
  import mongoose from 'mongoose';
  const url = readFileSync('/run/secrets/users-mongodb-url', 'utf8').trim();
  const connection = await mongoose.createConnection(url).asPromise();
  const counting = connection.useDb('${database}').collection('users').countDocuments();
  console.log(await counting.catch((error) => error.codeName));
  await connection.close();
`;

const attempt = (library: string, trying: string) => `
  import library from '${library}';
  const { connect, createConnection } = library;
  await ${trying}.then(() => console.log('let in'), ({ code, codeName }) => console.log(codeName ?? code));
  process.exit();
`;
