import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bus, connectBus, Deadline } from '@natter/bus';
import { type Live, NatterClient, type NatterClientOptions } from '@natter/client';
import { disableUser, listAudit, resetSecondFactor } from '@natter/contracts';
import { MongoConnection } from '@natter/mongo';
import { createLogger, parseConfig } from '@natter/platform';
import { authenticatorCode, FaultProxy, uniqueName, waitFor } from '@natter/testkit';
import { GatewayService, gatewaySettings } from '../services/gateway/src/index.ts';
import { UsersService, usersSettings } from '../services/users/src/index.ts';
import { password } from './_client.ts';

const name = uniqueName();
const environment = {
  NATS_URL: process.env['TEST_NATS_URL'],
  NATS_PREFIX: name,
  MONGODB_URL: process.env['TEST_MONGODB_URL'],
  MONGODB_DATABASE: name,
  REGISTRATION: 'open',
  PORT: '0',
  LOG_LEVEL: 'silent',
};

const startUsers = async (servers: object, ...files: string[]): Promise<UsersService> => {
  const own = { ...servers, JWT_PRIVATE_KEY_FILE: files.join(',') };
  const service = await UsersService.create(parseConfig(usersSettings, { ...environment, ...own }));
  await service.start();
  return service;
};

interface Login {
  accessToken: string;
}

const bearer = ({ accessToken }: Login) => `Bearer ${accessToken}`;

const signedBy = ({ accessToken }: Login) => accessToken.split('.')[0];

const firstOf = (live: Live) => live[Symbol.asyncIterator]().next();

const asOperator = () => ({ requestId: 'operator', deadline: Deadline.in(10_000) });

/** How often that account was refused a log-in unread, as the audit log tells it. */
async function limitedLogins(operator: Bus, username: string) {
  const { records } = await operator.call(listAudit, { username, limit: 100 }, asOperator());
  return records.filter(({ kind }) => kind === 'login.limited');
}

/** Long before a gateway reads by itself what it was not told (30 s), or forgets a password (60 s). */
const toldWithinMs = 20_000;

describe('sessions, with two gateways', () => {
  let folder: string;
  let users: UsersService;
  let operator: Bus;
  let database: MongoConnection;
  const gateways: GatewayService[] = [];

  const writeKey = async (file: string): Promise<string> => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const where = path.join(folder, file);
    await writeFile(where, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    return where;
  };

  let first: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'natter-sessions-'));
    first = await writeKey('first.pem');
    users = await startUsers({}, first);
    const url = String(environment.NATS_URL);
    const logger = createLogger({ name: 'operator', level: 'silent' });
    operator = await connectBus({ url, prefix: name, name: 'operator', logger });
    database = new MongoConnection({
      url: String(environment.MONGODB_URL),
      database: name,
      logger,
      retryWrites: false,
    });
    await database.open(AbortSignal.timeout(60_000));
    for (let count = 0; count < 2; count += 1) {
      const gateway = GatewayService.create(parseConfig(gatewaySettings, environment));
      gateways.push(gateway);
      await gateway.start();
      const ready = async () => (await fetch(`${gateway.url}/readyz`)).ok;
      await waitFor(ready, { what: 'the gateway to be ready' });
    }
  });
  afterAll(async () => {
    for (const gateway of gateways) await gateway.stop();
    await operator.close();
    await database.close();
    await users.stop();
    await rm(folder, { recursive: true });
  });

  const clientOf = (options: Partial<NatterClientOptions> = {}) =>
    new NatterClient({ url: String(gateways[0]?.url), ...options });

  const register = (username: string) => clientOf().users.create({ username, password });

  /** A session, and whoever has it. */
  const logIn = async (username: string) => {
    const client = clientOf();
    const { accessToken } = await client.logIn({ username, password });
    return { client, accessToken };
  };

  const enter = (code?: string) => clientOf().logIn({ username: 'gus', password, code });

  /** Whether the database has it so. */
  const hasEnded = async (id: string) => {
    const sessions = database.mongoose.collection<{ _id: string; ended: boolean }>('sessions');
    return (await sessions.findOne({ _id: id }))?.ended === true;
  };

  /** What each gateway answers to these credentials. */
  const statuses = (authorization: string) =>
    Promise.all(
      gateways.map(
        async ({ url }) => (await fetch(`${url}/api/v1/users/me`, { headers: { authorization } })).status,
      ),
    );

  const dead = (authorization: string) =>
    waitFor(async () => (await statuses(authorization)).every((status) => status === 401), {
      what: 'the credentials to be dead on every gateway',
      timeoutMs: toldWithinMs,
    });

  it('that are ended at one gateway are dead at all', async () => {
    await register('ann');
    const [one, other] = [await logIn('ann'), await logIn('ann')];
    expect(await statuses(bearer(one))).toEqual([200, 200]);
    await one.client.logOut();
    await dead(bearer(one));
    expect(await statuses(bearer(other))).toEqual([200, 200]);
  });

  it('and passwords by HTTP Basic are dead at all gateways when the password is changed', async () => {
    await register('ben');
    const [current, other] = [await logIn('ben'), await logIn('ben')];
    const basic = `Basic ${btoa(`ben:${password}`)}`;
    expect(await statuses(basic)).toEqual([200, 200]);
    const change = (currentPassword: string) =>
      current.client.users.changePassword({ currentPassword, newPassword: 'another password' });
    await expect(change('not the password')).rejects.toMatchObject({ code: 'wrong_password' });
    await change(password);
    await dead(basic);
    await dead(bearer(other));
    expect(await statuses(bearer(current))).toEqual([200, 200]);
  });

  it('and passwords by HTTP Basic are dead at all gateways when the account is deleted', async () => {
    await register('cat');
    const grant = await logIn('cat');
    const basic = `Basic ${btoa(`cat:${password}`)}`;
    expect(await statuses(basic)).toEqual([200, 200]);
    const cat = clientOf({ url: String(gateways[1]?.url), basic: { username: 'cat', password } });
    await cat.users.deleteMe({ password });
    await dead(basic);
    await dead(bearer(grant));
  });

  it('and passwords by HTTP Basic are dead at all gateways when the operator closes the account', async () => {
    await register('eve');
    const grant = await logIn('eve');
    const basic = `Basic ${btoa(`eve:${password}`)}`;
    expect(await statuses(basic)).toEqual([200, 200]);
    expect(await statuses(bearer(grant))).toEqual([200, 200]);
    await operator.call(disableUser, { username: 'eve' }, asOperator());
    await dead(basic);
    await dead(bearer(grant));
  });

  it('take a code as well where a second factor is on, and HTTP Basic then opens nothing', async () => {
    await register('gus');
    const [current, other] = [await logIn('gus'), await logIn('gus')];
    const basic = `Basic ${btoa(`gus:${password}`)}`;
    expect(await statuses(basic)).toEqual([200, 200]);
    const { users: account } = current.client;
    const { secret, uri } = await account.beginSecondFactor({ password });
    expect(uri).toContain(secret);
    expect(await account.me()).toMatchObject({ secondFactor: 'off' });
    const { recoveryCodes } = await account.confirmSecondFactor({ code: authenticatorCode(secret) });
    await dead(basic);
    await dead(bearer(other));
    expect(await statuses(bearer(current))).toEqual([200, 200]);
    expect(await account.me()).toMatchObject({ secondFactor: 'on' });
    await expect(enter()).rejects.toMatchObject({ code: 'second_factor_required', status: 401 });
    const code = authenticatorCode(secret, { later: true });
    await enter(code);
    await expect(enter(code)).rejects.toMatchObject({ code: 'wrong_code', status: 403 });
    await enter(recoveryCodes[0]);
    await account.removeSecondFactor({ password, code: String(recoveryCodes[9]) });
    await dead(bearer(current));
    await enter();
    expect(await statuses(basic)).toEqual([200, 200]);
  });

  it('can do nothing but set a second factor up where the operator requires one', async () => {
    await register('hal');
    const { accessToken: ofBefore } = await logIn('hal');
    const gateway = GatewayService.create(
      parseConfig(gatewaySettings, { ...environment, DRAIN_SECONDS: '0', SECOND_FACTOR: 'required' }),
    );
    await gateway.start();
    const strict = clientOf({ url: gateway.url });
    const begin = (code?: string) => strict.logIn({ username: 'ivo', password, code });
    const refused = { code: 'second_factor_setup_required', status: 403 };
    const authorization = bearer({ accessToken: ofBefore });
    expect((await fetch(`${gateway.url}/api/v1/users`, { headers: { authorization } })).status).toBe(403);
    await strict.users.create({ username: 'ivo', password });
    await begin();
    expect(await strict.users.me()).toMatchObject({ username: 'ivo', secondFactor: 'off' });
    await expect(strict.conversations.list()).rejects.toMatchObject(refused);
    await expect(firstOf(strict.connect())).rejects.toMatchObject(refused);
    await expect(firstOf(strict.connect({ transport: 'websocket' }))).rejects.toMatchObject(refused);
    const { secret } = await strict.users.beginSecondFactor({ password });
    const { recoveryCodes } = await strict.users.confirmSecondFactor({ code: authenticatorCode(secret) });
    expect(await strict.users.get('hal')).toMatchObject({ username: 'hal' });
    await operator.call(resetSecondFactor, { username: 'ivo' }, asOperator());
    await expect(strict.users.get('hal')).rejects.toMatchObject({ code: 'invalid_token' });
    await begin(recoveryCodes[0]);
    await expect(strict.users.get('hal')).rejects.toMatchObject(refused);
    await gateway.stop();
  });

  it('that are not begun, after too many wrong passwords, are one record of the audit log', async () => {
    await register('fay');
    const strict = {
      DRAIN_SECONDS: '0',
      RATE_LIMIT_PASSWORDS: '1',
      RATE_LIMIT_PASSWORDS_FIRST_SECONDS: '3600',
    };
    const gateway = GatewayService.create(
      parseConfig(gatewaySettings, { ...environment, ...strict, RATE_LIMIT_PASSWORDS_MOST_SECONDS: '3600' }),
    );
    await gateway.start();
    const client = new NatterClient({ url: gateway.url });
    const wrong = { username: 'Fay', password: 'not the password' };
    const answers = [];
    for (let tried = 0; tried < 4; tried += 1) {
      answers.push(await client.logIn(wrong).catch(({ code }) => code));
    }
    expect(answers).toEqual(['invalid_credentials', 'rate_limited', 'rate_limited', 'rate_limited']);
    await gateway.stop();
    await waitFor(async () => (await limitedLogins(operator, 'fay')).length > 0, { what: 'the record' });
    const detail = 'refused 3 times, too many wrong passwords for the account';
    expect(await limitedLogins(operator, 'fay')).toMatchObject([
      { by: 'user', address: '127.0.0.1', detail },
    ]);
  });

  it('outlive a change of the signing key, with old and new replicas of users side by side', async () => {
    await register('dan');
    const second = await writeKey('second.pem');
    const grants = [await logIn('dan')];
    for (const files of [
      [first, second],
      [second, first],
    ]) {
      const next = await startUsers({}, ...files);
      // Whichever of the two answers, its tokens are good, and so are all before.
      for (let count = 0; count < 4; count += 1) grants.push(await logIn('dan'));
      for (const grant of grants) expect(await statuses(bearer(grant))).toEqual([200, 200]);
      await users.stop();
      users = next;
    }
    grants.push(await logIn('dan'));
    expect(signedBy(grants.at(-1)!)).not.toBe(signedBy(grants[0]!));
    for (const grant of grants) expect(await statuses(bearer(grant))).toEqual([200, 200]);
  });

  it('that ended where no gateway can be told are 504, and dead as soon as they can', async () => {
    await register('jim');
    const session = await clientOf().logIn({ username: 'jim', password });
    const authorization = bearer(session);
    await users.stop();
    await using nats = await FaultProxy.to(String(environment.NATS_URL));
    await using mongo = await FaultProxy.to(String(environment.MONGODB_URL));
    users = await startUsers({ NATS_URL: nats.url, MONGODB_URL: mongo.url }, first);
    const headers = { authorization };
    // From the session's end on there is so much time to cut the way to NATS, three times, before anybody is told.
    mongo.delay(1_500);
    const answer = fetch(`${gateways[0]?.url}/api/v1/sessions/current`, { method: 'DELETE', headers });
    await waitFor(() => hasEnded(session.id), { what: 'the session to have ended' });
    await nats.shut();
    expect(await (await answer).json()).toMatchObject({ status: 504, code: 'outcome_unknown' });
    // No gateway refuses the token yet; of whom it is, there is nobody to ask.
    expect(await statuses(authorization)).toEqual([503, 503]);
    mongo.delay(0);
    await nats.open();
    await dead(authorization);
    await users.stop();
    users = await startUsers({}, first);
  });
});
