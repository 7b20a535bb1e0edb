import { expect, test } from '@jest/globals';
import { startCollector } from '@natter/testkit';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import { Lifecycle } from '../src/index.ts';

/** The life of a service that sends its traces there, and what it logged. */
async function startTraced(endpoint: string, ratio: number) {
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const lifecycle = new Lifecycle(
    { name: 'test', version: '0.0.0', logger },
    {
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: 0,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_TRACES_SAMPLER_ARG: ratio,
    },
  );
  await lifecycle.start(async () => undefined);
  return { lines, stop: () => lifecycle.stop() };
}

function span(name: string, traceparent?: string): void {
  const parent = traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : ROOT_CONTEXT;
  trace.getTracer('test').startSpan(name, {}, parent).end();
}

test('what was traced up to the end is sent before the end, with the service’s name', async () => {
  const collector = await startCollector();
  const { stop, lines } = await startTraced(`${collector.endpoint}/`, 1);
  span('last words');
  await stop();
  expect(collector.spans).toMatchObject([{ service: 'test', name: 'last words' }]);
  expect(lines).toEqual([]);
  await collector.stop();
});

test('the share decides where the caller has not, and the caller where he has', async () => {
  const collector = await startCollector();
  const { stop } = await startTraced(collector.endpoint, 0);
  span('undecided');
  span('wanted', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  span('unwanted', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00');
  await stop();
  expect(collector.spans.map(({ name }) => name)).toEqual(['wanted']);
  await collector.stop();
});

test('a collector that is away is complained of, and keeps nothing from stopping', async () => {
  const collector = await startCollector();
  await collector.stop();
  const { stop, lines } = await startTraced(collector.endpoint, 1);
  span('lost');
  await stop();
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['traces could not be sent']);
});
