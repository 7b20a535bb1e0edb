import { type EventDefinition, errorTable, NatterError, type Operation } from '@natter/contracts';
import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { JsMsg, MsgHdrs } from 'nats';
import type { RequestOutcome, Settlement } from '../bus-observer.ts';
import { traceOf } from './trace-headers.ts';

// Names and attributes are those of OpenTelemetry's semantic conventions for RPC and messaging.

const tracer = trace.getTracer('@natter/bus');

interface SpanOptions {
  kind: SpanKind;
  attributes: Attributes;
  links?: Link[];
}

function inSpan<T>(
  name: string,
  options: SpanOptions,
  parent: Context,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = tracer.startSpan(name, options, parent);
  // Nothing is traced: there is nothing to hand on.
  if (!isSpanContextValid(span.spanContext())) return work(span);
  return traced(span, () => context.with(trace.setSpan(parent, span), () => work(span)));
}

async function traced<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    note(span, error instanceof NatterError ? error.code : 'internal');
    throw error;
  } finally {
    span.end();
  }
}

/** What a client did wrong is no failure of who answered it. */
function note(span: Span, outcome: RequestOutcome): void {
  if (outcome === 'ok') return;
  span.setAttribute('error.type', outcome);
  if (errorTable[outcome].status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A call with all its attempts. */
export function inCallSpan<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  const options = { kind: SpanKind.CLIENT, attributes: rpcAttributes(operation) };
  return inSpan(spanNameOf(operation), options, context.active(), work);
}

/** The serving of a request, in the trace that it carries. */
export function inServeSpan(
  operation: Operation,
  headers: MsgHdrs | undefined,
  work: () => Promise<RequestOutcome>,
): Promise<RequestOutcome> {
  const options = { kind: SpanKind.SERVER, attributes: rpcAttributes(operation) };
  return inSpan(spanNameOf(operation), options, traceOf(headers), async (span) => {
    const outcome = await work();
    note(span, outcome);
    return outcome;
  });
}

export function inPublishSpan(
  event: EventDefinition,
  subject: string,
  work: () => Promise<void>,
): Promise<void> {
  const attributes = messagingAttributes(subject, 'send');
  return inSpan(
    `publish ${event.noun}.${event.verb}`,
    { kind: SpanKind.PRODUCER, attributes },
    context.active(),
    work,
  );
}

/**
 * The handling of an event: a trace of its own, linked to the one that published it. An event may be handled days
 * later, and again; and no request waits for it.
 */
export function inProcessSpan(
  event: EventDefinition,
  message: JsMsg,
  work: () => Promise<Settlement>,
): Promise<Settlement> {
  const published = trace.getSpanContext(traceOf(message.headers));
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: messagingAttributes(message.subject, 'process'),
    links: published ? [{ context: published }] : [],
  };
  return inSpan(`process ${event.noun}.${event.verb}`, options, traceOf(undefined), async (span) => {
    const settlement = await work();
    if (settlement !== 'acknowledged') span.setStatus({ code: SpanStatusCode.ERROR, message: settlement });
    return settlement;
  });
}

/** Says in the call's span that it is tried once more. */
export function noteRepeat(after: string): void {
  trace.getActiveSpan()?.addEvent('repeat', { after });
}

const spanNameOf = ({ service, name }: Operation): string => `${service}/${name}`;

function rpcAttributes({ service, name }: Operation): Attributes {
  return { 'rpc.system': 'nats', 'rpc.service': service, 'rpc.method': name };
}

function messagingAttributes(subject: string, type: 'send' | 'process'): Attributes {
  return {
    'messaging.system': 'nats',
    'messaging.destination.name': subject,
    'messaging.operation.type': type,
  };
}
