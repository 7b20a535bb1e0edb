import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CollectedSpan, type Collector, startCollector, waitFor } from '@natter/testkit';
import type { Client } from './_client.ts';
import { Natter } from './_natter.ts';
import { plantSecrets } from './_planted-secrets.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const readText = (name: string) => readFile(fileOf(name), 'utf8');

const route = '/api/v1/conversations/bob/messages';

describe('what can be seen inside', () => {
  let collector: Collector;
  let natter: Natter;
  let alice: Client;

  beforeAll(async () => {
    collector = await startCollector();
    natter = await Natter.create({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, LOG_LEVEL: 'trace' });
    await natter.start();
    alice = await (await natter.as('alice')).withToken('alice');
    await alice.post(route, { content: 'hello' });
  });
  afterAll(async () => {
    await natter.remove();
    await collector.stop();
  });

  /** Sends as a client that traces itself. @returns its trace, once all of it has come. */
  async function traceOfSend(content: string) {
    const [traceId, parentSpanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    const { status, headers } = await alice.post(
      route,
      { content },
      { traceparent: `00-${traceId}-${parentSpanId}-01` },
    );
    expect(status).toBe(201);
    const spans = () => collector.inTrace(traceId);
    const handled = () => collector.spans.find(({ links }) => links.some((link) => link.traceId === traceId));
    // Each process sends its spans by itself; the last are that of the unmarking, and that of who handles the event.
    await waitFor(
      () => spans().some(isUnmark) && isWhole(spans(), parentSpanId) && linkedTo(handled(), spans()),
      {
        what: 'all spans of the send',
      },
    );
    return {
      traceId,
      parentSpanId,
      requestId: headers.get('x-request-id'),
      spans: spans(),
      handled: handled(),
    };
  }

  it('no secret is in a log, a trace or a metric, however it came, and at whatever level', async () => {
    const [gateway] = await natter.gateways();
    const { secrets, lastRequestId } = await plantSecrets(String(gateway));
    await waitFor(() => natter.output.includes(lastRequestId), { what: 'the line of the last request' });
    const logged = natter.output.split('\n').filter((line) => line.startsWith('{'));
    for (const name of ['gateway', 'users', 'messaging'])
      expect(logged.filter((line) => line.includes(`"name":"${name}"`))).not.toEqual([]);
    const { services } = await natter.runRecord();
    const metrics = services.map(async ({ adminUrl }) => (await fetch(`${adminUrl}/metrics`)).text());
    const seen = [...natter.output.split('\n'), ...collector.spans.map((span) => JSON.stringify(span))];
    seen.push(...(await Promise.all(metrics)));
    expect(secrets.length).toBeGreaterThan(20);
    expect(seen.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  });

  it('one send is one trace, from the client’s own span to MongoDB and JetStream', async () => {
    const { parentSpanId, spans } = await traceOfSend('seen');
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const roots = spans.filter((span) => !byId.has(span.parentSpanId ?? ''));
    expect(roots.map((root) => [told(root), root.parentSpanId])).toEqual([
      ['gateway SERVER POST /conversations/{conversation}/messages', parentSpanId],
    ]);
    const served = 'messaging SERVER messaging/send-message';
    const tree = spans.map((span) => `${told(span)} < ${told(byId.get(span.parentSpanId ?? ''))}`);
    expect(tree).toEqual(
      expect.arrayContaining([
        `gateway CLIENT messaging/send-message < ${told(roots[0])}`,
        `${served} < gateway CLIENT messaging/send-message`,
        `messaging CLIENT insert entries < ${served}`,
        `messaging CLIENT update conversations < ${served}`,
        `messaging PRODUCER publish entry.appended < ${served}`,
        `messaging CLIENT update entries < ${served}`,
      ]),
    );
  });

  it('the handling of the event is a trace of its own, linked to where it was published', async () => {
    const { traceId, spans, handled } = await traceOfSend('linked');
    const published = spans.find(({ name }) => name === 'publish entry.appended');
    expect(told(handled)).toBe('messaging CONSUMER process entry.appended');
    expect(handled?.traceId).not.toBe(traceId);
    expect(handled?.parentSpanId).toBeFalsy();
    expect(handled?.links).toEqual([expect.objectContaining({ traceId, spanId: published?.spanId })]);
  });

  it('lines of the log name the trace that they belong to', async () => {
    const { traceId, requestId } = await traceOfSend('logged');
    const line = natter.output.split('\n').find((text) => text.includes(`"requestId":"${requestId}"`));
    expect(JSON.parse(String(line))).toMatchObject({ name: 'gateway', msg: 'answered', traceId });
  });

  it('spans hold nothing that people write, and none is of what belongs to no request', async () => {
    await traceOfSend('a secret between alice and bob');
    expect(JSON.stringify(collector.spans)).not.toMatch(/a secret between|Bearer|natter-demo/);
    const commands = collector.spans.filter(({ attributes }) => 'db.system.name' in attributes);
    expect(commands.filter(({ parentSpanId }) => !parentSpanId)).toEqual([]);
  });

  it.each(['alerts.yaml', 'dashboard.json'])('whatever %s asks for, a service exports', async (file) => {
    const { services } = await natter.runRecord();
    const exported = new Set<string>();
    for (const { adminUrl } of services) {
      for (const name of namesIn(await (await fetch(`${adminUrl}/metrics`)).text())) exported.add(name);
    }
    const asked = [
      ...(await readText(`k8s/observability/${file}`)).matchAll(/\b(natter|process|nodejs)_\w+/g),
    ];
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.map(([name]) => name).filter((name) => !exported.has(name))).toEqual([]);
  });

  it('every alert has its place in the runbook, and the runbook has no other', async () => {
    const alerts = [...(await readText('k8s/observability/alerts.yaml')).matchAll(/alert: (\w+)/g)];
    const places = [...(await readText('k8s/observability/alerts.yaml')).matchAll(/operations\.md#(\w+)/g)];
    const headings = [...(await readText('docs/operations.md')).matchAll(/^### (Natter\w+)$/gm)];
    const names = alerts.map(([, name]) => String(name));
    expect(names.length).toBeGreaterThan(10);
    expect(headings.map(([, name]) => name)).toEqual(names);
    expect(places.map(([, anchor]) => anchor)).toEqual(names.map((name) => name.toLowerCase()));
  });
});

describe('the SDK of OpenTelemetry', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'natter-sdk-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['not even loaded where no collector is set', {}, false],
    ['loaded where one is', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, true],
  ])('is %s', async (_, settings, expected) => {
    const keyFile = path.join(folder, 'key.pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const { NODE_OPTIONS: _options, ...inherited } = process.env;
    const env = { ...inherited, ...settings, JWT_PRIVATE_KEY_FILE: keyFile };
    const program = fileOf('tests/_loaded-sdk.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
    const packages = JSON.parse(stdout) as string[];
    expect(packages).toContain('@opentelemetry/api');
    expect(packages.some((name) => name !== '@opentelemetry/api')).toBe(expected);
  });
});

const kinds = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

const told = (span: CollectedSpan | undefined) => span && `${span.service} ${kinds[span.kind]} ${span.name}`;

/** After everything else: the mark goes when the entry is published. */
const isUnmark = ({ name }: CollectedSpan) => name === 'update entries';

/** Every span's parent is there, up to the client's own. */
const isWhole = (spans: readonly CollectedSpan[], root: string) =>
  spans.every(({ parentSpanId }) =>
    [root, ...spans.map(({ spanId }) => spanId)].includes(parentSpanId ?? ''),
  );

const linkedTo = (handled: CollectedSpan | undefined, spans: readonly CollectedSpan[]) =>
  handled?.links.every((link) => spans.some(({ spanId }) => spanId === link.spanId)) ?? false;

/** What a query may ask of what the text of `/metrics` announces. */
function namesIn(text: string): string[] {
  const announced = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  return announced.flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
  );
}
