import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { mongo } from 'mongoose';

const tracer = trace.getTracer('@natter/mongo');

/**
 * A span for each command of a client that monitors its commands, where the command belongs to a trace; the driver's
 * own heartbeats and a service's routine look-ups belong to none. Never what was asked or answered: that is what
 * people write. Names and attributes are those of OpenTelemetry's semantic conventions for databases.
 */
export function traceCommands(client: mongo.MongoClient): void {
  const underWay = new Map<number, Span>();
  const end = (requestId: number, failure?: Error) => {
    const span = underWay.get(requestId);
    underWay.delete(requestId);
    if (failure) span?.setStatus({ code: SpanStatusCode.ERROR, message: failure.name });
    span?.end();
  };
  client.on('commandStarted', (event) => {
    // The driver tells of it before it sends the command, from within what called for it.
    if (trace.getSpan(context.active())) underWay.set(event.requestId, startSpan(event));
  });
  client.on('commandSucceeded', ({ requestId }) => end(requestId));
  client.on('commandFailed', ({ requestId, failure }) => end(requestId, failure));
}

function startSpan({ address, commandName, databaseName, command }: mongo.CommandStartedEvent): Span {
  const collection: unknown = command[commandName];
  const attributes: Attributes = {
    'db.system.name': 'mongodb',
    'db.namespace': databaseName,
    'db.operation.name': commandName,
    'network.peer.address': address,
    ...(typeof collection === 'string' && { 'db.collection.name': collection }),
  };
  const name = typeof collection === 'string' ? `${commandName} ${collection}` : commandName;
  return tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes });
}
