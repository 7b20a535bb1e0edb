import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credentialsChanged, headsReported, nobodysId } from '@natter/contracts';
import { NatsBroker, waitFor } from '@natter/testkit';
import type { GatewayService } from '../src/index.ts';
import type { SimulatedMessaging } from '../src/realtime/_simulated-messaging.ts';
import { EventReader } from './_event-reader.ts';
import { push, serveMessaging } from './_messaging.ts';
import { alice, basic, password, Stack } from './_stack.ts';

const group = '01941f29-7c00-7000-8000-0000000000c1';

const hears = (reader: EventReader, revs: readonly number[]) =>
  waitFor(() => reader.revs.length >= revs.length, { what: `revs ${revs.join()}` }).then(() =>
    expect(reader.revs).toEqual(revs),
  );

/** Has NATS put every push of an entry where nobody listens. */
const losingPushes =
  'mappings: { "*.push.messaging.v1.entry.pushed.*": "lost.{{wildcard(1)}}.{{wildcard(2)}}" }';

const metricsOf = async ({ adminUrl }: GatewayService) => (await fetch(`${adminUrl}/metrics`)).text();

const gapsIn = async (gateway: GatewayService) =>
  Number(/^natter_feed_gaps_total\S* (\d+)/m.exec(await metricsOf(gateway))?.[1]);

describe('server-sent events', () => {
  let folder: string;
  let broker: NatsBroker;
  let stack: Stack;
  let messaging: SimulatedMessaging;
  let gateway: GatewayService;
  const readers: EventReader[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'natter-events-'));
    await writeFile(join(folder, 'nats.conf'), '');
    broker = await NatsBroker.create({ extra: ['-c', join(folder, 'nats.conf')] });
    await broker.start();
    stack = await Stack.create(broker.url);
    await stack.serveAlice();
    messaging = await serveMessaging(stack);
    messaging.found(group, [alice.id]);
    gateway = stack.createGateway({ MAX_STREAMS_PER_USER: '3' });
    await gateway.start();
  });
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await stack.close();
    await broker[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const bearer = (claims?: object) => ({ Authorization: `Bearer ${stack.token(claims)}` });

  async function open(
    headers: Record<string, string> = bearer(),
    query = '',
    of = gateway,
  ): Promise<EventReader> {
    const reader = await EventReader.open(`${of.url}/api/events${query}`, headers);
    readers.push(reader);
    return reader;
  }

  const say = (content?: string) => push(stack.bus, messaging.send(group, content));

  it('tell what happens from now on, and resume after any of them', async () => {
    const reader = await open();
    const { statusCode, headers } = reader.response;
    expect([
      statusCode,
      headers['content-type'],
      headers['cache-control'],
      headers['x-accel-buffering'],
    ]).toEqual([200, 'text/event-stream', 'no-store', 'no']);
    for (let n = 0; n < 3; n += 1) say();
    await hears(reader, [2, 3, 4]);
    const [began, first] = reader.events;
    expect(first).toMatchObject({ event: 'message.sent', data: { conversationId: group, rev: 2 } });
    const { id: after = '' } = first ?? {};
    const resumed = await Promise.all([
      open({ ...bearer(), 'Last-Event-ID': after }),
      open(bearer(), `?after=${after}`),
    ]);
    for (const again of resumed) await hears(again, [3, 4]);
    expect((await open()).response.statusCode).toBe(429);
    readers[0]?.close();
    readers[1]?.close();
    say();
    await hears(resumed[1], [3, 4, 5]);
    // Whoever is told of nothing yet resumes from where they began.
    expect(began).toMatchObject({ id: expect.any(String) });
  });

  it.each([
    ['garbage', { 'Last-Event-ID': 'x' }, '', 'cursor_invalid'],
    ['garbage in the query', {}, '?after=x', 'cursor_invalid'],
    ['two different ones', { 'Last-Event-ID': 'x' }, '?after=y', 'validation_failed'],
  ])('refuse a cursor that is %s', async (_what, headers, query, code) => {
    const response = await fetch(`${gateway.url}/api/events${query}`, {
      headers: { ...bearer(), ...headers },
    });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code })]);
  });

  it('end with their session, or the password that they were opened with, and no others do', async () => {
    const sid = randomUUID();
    const ending = await open(bearer({ sid }));
    const withPassword = await open({ Authorization: basic(`alice:${password}`) });
    const other = await open();
    await stack.end(sid);
    await waitFor(() => ending.ended, { what: 'the end of the session' });
    expect(ending.comments).toContain('session_ended');
    expect(withPassword.ended).toBe(false);
    await stack.bus.push(credentialsChanged, { userId: nobodysId });
    await stack.bus.push(credentialsChanged, { userId: alice.id });
    await waitFor(() => withPassword.ended, { what: 'the end of the password' });
    say();
    await hears(other, [2]);
    expect(ending.revs).toEqual([]);
  });

  it('tell whoever is removed of that, and of nothing after it', async () => {
    const reader = await open();
    const told = [messaging.send(group), messaging.remove(group, alice.id), messaging.send(group)];
    for (const entry of told.toReversed()) push(stack.bus, entry);
    await hears(reader, [2, 3]);
    push(stack.bus, messaging.send(group));
    push(stack.bus, messaging.add(group, alice.id));
    await hears(reader, [2, 3, 6]);
  });

  it('miss nothing, and get nothing twice, where NATS was away', async () => {
    const reader = await open();
    const withPassword = await open({ Authorization: basic(`alice:${password}`) });
    say();
    await hears(reader, [2]);
    for (const away of [1, 2]) {
      await broker.kill();
      await waitFor(() => !stack.bus.connected, { what: 'NATS to be missed' });
      for (let n = 0; n < 20; n += 1) messaging.send(group);
      await broker.start();
      await hears(
        reader,
        Array.from({ length: 1 + 20 * away }, (_, index) => index + 2),
      );
    }
    expect(withPassword.ended).toBe(true);
    say();
    await waitFor(() => reader.revs.at(-1) === 43, { what: 'the first after it' });
    expect(reader.revs).toHaveLength(42);
  });

  it('find what NATS lost without a trace as soon as messaging reports how far it goes', async () => {
    const reader = await open();
    say();
    await hears(reader, [2]);
    const report = { processId: randomUUID(), heads: [], joined: [], last: false };
    stack.bus.hint(headsReported, { ...report, number: 1 });
    await writeFile(join(folder, 'nats.conf'), losingPushes);
    broker.reload();
    await waitFor(async () => (await broker.log()).includes('Reloaded'), { what: 'pushes to be lost' });
    const gapsBefore = await gapsIn(gateway);
    for (let n = 0; n < 3; n += 1) say();
    stack.bus.hint(headsReported, { ...report, number: 2, heads: [{ conversationId: group, rev: 5 }] });
    await hears(reader, [2, 3, 4, 5]);
    // It was read, and so the pushes were lost.
    expect(await gapsIn(gateway)).toBe(gapsBefore + 1);
    say();
    // The one before this is lost, too.
    stack.bus.hint(headsReported, { ...report, number: 4 });
    await hears(reader, [2, 3, 4, 5, 6]);
  });

  it('end where the gateway goes, and go on at another', async () => {
    const other = stack.createGateway();
    await other.start();
    const reader = await open();
    say();
    await hears(reader, [2]);
    const stopped = gateway.stop();
    await waitFor(() => reader.ended, { what: 'the end' });
    expect(reader.comments).toContain('restarting');
    await stopped;
    say();
    const resumed = await open({ ...bearer(), 'Last-Event-ID': String(reader.cursor) }, '', other);
    await hears(resumed, [3]);
  });

  it('are cut where they are not read, and cost no others anything', async () => {
    const slow = await open();
    const reader = await open();
    slow.response.pause();
    const content = 'x'.repeat(4_000);
    let sent = 1;
    const saySome = async () => {
      for (let n = 0; n < 50; n += 1) say(content);
      sent += 50;
      await waitFor(() => reader.revs.length === sent - 1, { what: 'the other to read' });
    };
    await waitFor(
      async () => {
        await saySome();
        return /natter_stream_ends_total\{reason="slow"[^}]*\} 1/.test(await metricsOf(gateway));
      },
      { what: 'the slow one to be cut' },
    );
    slow.response.resume();
    await waitFor(() => slow.ended, { what: 'the slow one to see it' });
    expect(slow.revs.length).toBeLessThan(sent - 1);
    expect(slow.revs).toEqual(reader.revs.slice(0, slow.revs.length));
    const resumed = await open({ ...bearer(), 'Last-Event-ID': String(slow.cursor) });
    await waitFor(() => resumed.revs.at(-1) === sent, { what: 'what was missed' });
    expect([...slow.revs, ...resumed.revs]).toEqual(reader.revs);
  });
});
