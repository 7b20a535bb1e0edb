import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { getUser } from '@natter/contracts';
import { NatsBroker, uniqueName } from '@natter/testkit';
import { type BusOptions, connectBus, implement } from '../src/index.ts';
import { context, serveOn, until } from './_bus.ts';
import { Authority } from './_certificates.ts';
import { alice } from './_operations.ts';
import { recordingLogger } from './_recording-logger.ts';

/** A broker that speaks TLS only, with a certificate of that authority. */
async function startSecure(authority: Authority, ...extra: string[]): Promise<NatsBroker> {
  const { cert, key } = await authority.issue('server');
  const own = ['--tls', '--tlscert', cert, '--tlskey', key];
  const broker = await NatsBroker.create({ extra: [...own, ...extra] });
  await broker.start();
  return broker;
}

/** Gives up at last: without TLS as it should be it would be tried for ever. */
const connect = (broker: NatsBroker, tls: BusOptions['tls'], scheme = 'tls') =>
  connectBus(optionsFor(broker, tls, scheme), AbortSignal.timeout(60_000));

function optionsFor({ port }: NatsBroker, tls: BusOptions['tls'], scheme = 'tls') {
  const url = `${scheme}://127.0.0.1:${port}`;
  return { url, name: 'test', prefix: uniqueName(), logger: recordingLogger(), ...(tls && { tls }) };
}

/** What is said of the first attempt to connect; it goes on, and is given up. */
async function firstComplaint(broker: NatsBroker, tls: BusOptions['tls']): Promise<string> {
  const options = optionsFor(broker, tls);
  const { logger } = options;
  const giveUp = new AbortController();
  const connecting = connectBus(options, giveUp.signal).catch(() => undefined);
  await until('a complaint', () => logger.entries.length > 0);
  giveUp.abort();
  expect(await connecting).toBeUndefined();
  return String((logger.entries[0]!.fields as { err: Error }).err);
}

test.each(['tls', 'nats'])('with the authority known, all goes through TLS, by %s://', async (scheme) => {
  await using authority = await Authority.create();
  await using broker = await startSecure(authority);
  const bus = await connect(broker, { ca: authority.certificate() }, scheme);
  const serving = await serveOn(bus, [implement(getUser, async () => alice)]);
  await expect(bus.call(getUser, { id: alice.id }, context())).resolves.toEqual(alice);
  await serving.stop();
  await bus.close();
});

test('a server for which nobody known vouches is not spoken to', async () => {
  await using authority = await Authority.create();
  await using stranger = await Authority.create();
  await using broker = await startSecure(authority);
  expect(await firstComplaint(broker, undefined)).toMatch(/certificate/);
  expect(await firstComplaint(broker, { ca: stranger.certificate() })).toMatch(/certificate/);
});

test('a server without TLS is not spoken to where TLS is demanded', async () => {
  await using broker = await NatsBroker.create();
  await broker.start();
  expect(await firstComplaint(broker, undefined)).toMatch(/tls/i);
});

test('a certificate is shown to a server that asks for one', async () => {
  await using authority = await Authority.create();
  await using broker = await startSecure(
    authority,
    '--tlsverify',
    '--tlscacert',
    authority.filesOf('authority').cert,
  );
  const ca = authority.certificate();
  await firstComplaint(broker, { ca });
  const files = await authority.issue('client');
  const [cert, key] = await Promise.all([files.cert, files.key].map((file) => readFile(file, 'utf8')));
  const bus = await connect(broker, { ca, cert: cert!, key: key! });
  expect(bus.connected).toBe(true);
  await bus.close();
});
