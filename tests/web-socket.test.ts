import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { SessionGrant } from '@natter/contracts';
import { parseConfig } from '@natter/platform';
import { uniqueName, waitFor } from '@natter/testkit';
import { GatewayService, gatewaySettings } from '../services/gateway/src/index.ts';
import { SocketUser, type SocketUserOptions } from '../services/gateway/tests/_socket-user.ts';
import { MessagingService, messagingSettings } from '../services/messaging/src/index.ts';
import { UsersService, usersSettings } from '../services/users/src/index.ts';
import { password } from './_client.ts';

const name = uniqueName();
const environment = {
  NATS_URL: process.env['TEST_NATS_URL'],
  NATS_PREFIX: name,
  MONGODB_URL: process.env['TEST_MONGODB_URL'],
  REGISTRATION: 'open',
  RATE_LIMIT: 'off',
  PORT: '0',
  DRAIN_SECONDS: '0',
  LOG_LEVEL: 'silent',
};

const basic = (username: string, secret: string) => `Basic ${btoa(`${username}:${secret}`)}`;

const key = () => uniqueName().replaceAll(/\W/g, '_').padEnd(16, '_').slice(-40);

const contentsOf = ({ frames }: SocketUser) => frames.flatMap(({ data }) => data?.['data'] ?? []);

const database = (of: string) => ({ ...environment, MONGODB_DATABASE: `${name}-${of}` });

describe('WebSockets, through two gateways', () => {
  const services: { stop(): Promise<void> }[] = [];
  const gateways: GatewayService[] = [];
  const users: SocketUser[] = [];
  let folder: string;

  const startGateway = async (settings: Record<string, string> = {}): Promise<GatewayService> => {
    const gateway = GatewayService.create(parseConfig(gatewaySettings, { ...environment, ...settings }));
    services.unshift(gateway);
    await gateway.start();
    const isReady = async () => (await fetch(`${gateway.url}/readyz`)).ok;
    await waitFor(isReady, { what: 'the gateway to be ready' });
    return gateway;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'natter-web-socket-'));
    const keyFile = path.join(folder, 'key.pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    services.push(
      await UsersService.create(
        parseConfig(usersSettings, { ...database('users'), JWT_PRIVATE_KEY_FILE: keyFile }),
      ),
    );
    services.push(MessagingService.create(parseConfig(messagingSettings, database('messaging'))));
    for (const service of services as { start(): Promise<void> }[] & typeof services) await service.start();
    gateways.push(await startGateway(), await startGateway());
    for (const username of ['alice', 'bob', 'carol']) await ask('POST', '/users', { username, password });
  });
  afterAll(async () => {
    for (const { socket } of users) socket.terminate();
    for (const service of services) await service.stop();
    await rm(folder, { recursive: true });
  });

  const ask = async (method: string, route: string, body?: object, authorization?: string) => {
    const response = await fetch(`${gateways[0]?.url}/api/v1${route}`, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
  };

  const logIn = async (username: string): Promise<SessionGrant> =>
    (await ask('POST', '/sessions', { username, password })).json;

  const connect = async (url: string, options: SocketUserOptions): Promise<SocketUser> => {
    const user = new SocketUser(`${url}/api/v1/ws`, options);
    users.push(user);
    await user.connected;
    return user;
  };

  /** Through the first or the second gateway, in a session of their own. */
  const come = async (username: string, gateway: 0 | 1, query = ''): Promise<SocketUser> => {
    const { accessToken: token } = await logIn(username);
    const user = await connect(String(gateways[gateway]?.url), { token, query });
    if (query === '') await user.next(({ id }) => id !== undefined);
    return user;
  };

  it('carry a message that was sent at one gateway to whoever is connected to the other', async () => {
    const [alice, bob] = [await come('alice', 0), await come('bob', 1)];
    const clientMessageId = key();
    const data = { conversation: 'bob', content: 'hello', clientMessageId };
    const sent = await alice.ask({ type: 'send', ref: 1, data });
    expect(sent).toMatchObject({ type: 'ok', data: { content: 'hello', sender: 'alice', clientMessageId } });
    const { json } = await ask(
      'GET',
      `/conversations/bob/messages/${Number(sent.data['seq'])}`,
      undefined,
      basic('alice', password),
    );
    expect(sent.data).toEqual(json);
    for (const user of [alice, bob]) {
      const { data: entry } = await user.next(({ type }) => type === 'message.sent');
      expect(entry).toMatchObject({ actor: 'alice', seq: sent.data['seq'], data: { content: 'hello' } });
    }
    expect((await alice.ask({ type: 'send', ref: 2, data })).data).toEqual(sent.data);
    const other = await alice.ask({ type: 'send', ref: 3, data: { ...data, content: 'other' } });
    expect(other.error.code).toBe('idempotency_key_reused');
    const read = await bob.ask({ type: 'read', ref: 1, data: { conversation: 'alice', seq: 1 } });
    expect(read.data).toEqual({ readSeq: 1, unread: 0 });
    const nobody = await bob.ask({ type: 'send', ref: 2, data: { conversation: 'nobody', content: 'x' } });
    expect(nobody.error.code).toBe('user_not_found');
    const typing = await bob.ask({ type: 'typing', ref: 3, data: { conversation: 'alice' } });
    expect([typing.type, typing.data]).toEqual(['ok', {}]);
    const told = async (event: string) => (await alice.next(({ type }) => type === event)).data;
    expect(await told('receipt')).toMatchObject({ username: 'bob', readSeq: 1 });
    expect(await told('typing')).toMatchObject({ username: 'bob', expiresIn: 5 });
    expect(await told('presence')).toMatchObject({ username: 'bob', status: 'online', lastSeen: null });
  });

  it('give who comes back what was missed, edits included, once and in order, and then go on', async () => {
    const alice = basic('alice', password);
    const send = (content: string) => ask('POST', '/conversations/carol/messages', { content }, alice);
    const before = await come('carol', 0);
    await send('one');
    await before.next(({ data }) => data['type'] === 'message.sent');
    await waitFor(() => before.frames.at(-1)?.id !== undefined, { what: 'the cursor of what came' });
    const after = before.frames.at(-1)?.id;
    before.socket.terminate();
    await send('two');
    await ask('PATCH', '/conversations/carol/messages/1', { content: 'one, mended' }, alice);
    const back = await come('carol', 1, `?after=${after}`);
    await send('three');
    await back.next(({ data }) => JSON.stringify(data).includes('three'));
    expect(contentsOf(back)).toMatchObject([
      { content: 'two' },
      { seq: 1, content: 'one, mended' },
      { content: 'three' },
    ]);
  });

  it('end with the session', async () => {
    const grant = await logIn('bob');
    const bob = await connect(String(gateways[1]?.url), { token: null });
    const { type } = await bob.ask({ type: 'auth', ref: 0, data: { token: grant.accessToken } });
    expect(type).toBe('ok');
    await ask('DELETE', '/sessions/current', undefined, `Bearer ${grant.accessToken}`);
    expect(await bob.closed()).toBe(4401);
  });

  it('end with the password that they were opened with', async () => {
    await ask('POST', '/users', { username: 'dave', password });
    const headers = { Authorization: basic('dave', password) };
    const dave = await connect(String(gateways[1]?.url), { token: null, headers });
    expect((await dave.ask({ type: 'ping', ref: 1 })).type).toBe('ok');
    const passwords = { currentPassword: password, newPassword: 'another-one' };
    await ask('PUT', '/users/me/password', passwords, headers.Authorization);
    expect(await dave.closed()).toBe(4401);
  });

  test.each([
    ['a wrong password', { headers: { Authorization: basic('alice', 'wrong') } }, 401, 'invalid_credentials'],
    ['a token that is none', { headers: { Authorization: 'Bearer x' } }, 401, 'invalid_token'],
    ['a page of elsewhere', { origin: 'https://evil.example.com' }, 403, 'forbidden'],
  ])('are refused for %s', async (_what, options, status, code) => {
    const { refusal } = await connect(String(gateways[0]?.url), { token: null, ...options });
    expect([refusal?.status, refusal?.json.code]).toEqual([status, code]);
    expect(refusal?.headers['x-request-id']).toBe(refusal?.json.requestId);
  });

  it('are refused for a cursor of somebody else', async () => {
    const bob = await come('bob', 0);
    const { id } = await bob.next(({ type }) => type === 'cursor');
    const alice = await come('alice', 0, `?after=${id}`);
    expect([alice.refusal?.status, alice.refusal?.json.code]).toEqual([400, 'cursor_invalid']);
  });

  it('count for the same limits as requests do, and are sent elsewhere when a gateway stops', async () => {
    const limits = { RATE_LIMIT: 'on', RATE_LIMIT_SENDS: '2, 1/h', MAX_STREAMS_PER_USER: '1' };
    const gateway = await startGateway(limits);
    const { accessToken: token } = await logIn('alice');
    const alice = await connect(gateway.url, { token });
    const data = { conversation: 'bob', content: 'hello' };
    for (const ref of [1, 2]) expect((await alice.ask({ type: 'send', ref, data })).type).toBe('ok');
    const refused = await alice.ask({ type: 'send', ref: 3, data });
    expect(refused).toMatchObject({ error: { code: 'rate_limited' }, retryAfter: expect.any(Number) });
    const { status } = await fetch(`${gateway.url}/api/conversations/bob`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'hello' }),
    });
    expect(status).toBe(429);
    expect((await connect(gateway.url, { token })).refusal?.json.code).toBe('rate_limited');
    await gateway.stop();
    expect(await alice.closed()).toBe(1012);
  });

  it('carry only frames that the AsyncAPI document has', () => {
    expect(users.flatMap(({ frames }) => frames).length).toBeGreaterThan(20);
    expect(users.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
