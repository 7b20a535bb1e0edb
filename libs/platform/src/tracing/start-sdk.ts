import { hostname } from 'node:os';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingOptions } from './tracing-options.ts';

/** Milliseconds from one sending of spans to the next. */
const sendEveryMs = 1_000;

/** Milliseconds for one sending, its repeats included: the end of a process waits for the last one. */
const sendWithinMs = 2_000;

/** Milliseconds between two complaints about a collector that is away. */
const complainEveryMs = 30_000;

/** See `startTracing`. The SDK of OpenTelemetry, for the whole process. */
export function startSdk(options: TracingOptions): () => Promise<void> {
  const provider = createProvider(options);
  const complain = complainTo(options);
  setGlobalErrorHandler(complain);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return async () => {
    // No service fails to stop for want of a collector.
    await provider.shutdown().catch(complain);
    trace.disable();
    propagation.disable();
    context.disable();
  };
}

function createProvider({ endpoint, ratio, name, version }: TracingOptions): TracerProvider {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: sendWithinMs,
  });
  return new TracerProvider({
    resource: resourceOf(name, version),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: sendEveryMs,
        exportTimeoutMillis: sendWithinMs,
      }),
    ],
  });
}

/** What OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say goes before. */
function resourceOf(name: string, version: string) {
  return defaultResource()
    .merge(
      resourceFromAttributes({
        'service.namespace': 'natter',
        'service.name': name,
        'service.version': version,
        'service.instance.id': `${hostname()}-${process.pid}`,
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));
}

/** At the first failure and then rarely: spans are lost, and nothing else. */
function complainTo({ logger, endpoint }: TracingOptions): (error: unknown) => void {
  let complainAt = 0;
  return (error) => {
    if (performance.now() < complainAt) return;
    complainAt = performance.now() + complainEveryMs;
    logger.warn({ err: error, collector: new URL(endpoint).host }, 'traces could not be sent');
  };
}
