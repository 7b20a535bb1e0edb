import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { RequestHandler, Response } from 'express';
import { onceAnswered } from '../answered.ts';

const tracer = trace.getTracer('@natter/gateway');

/**
 * The first span of whatever a request sets off, in the client's own trace where it brings one (W3C `traceparent`). No
 * query, and no headers: they hold credentials and what people write.
 */
export const traceRequest: RequestHandler = (request, response, next) => {
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = { 'http.request.method': request.method };
  const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes }, parent);
  // Nothing is traced.
  if (!isSpanContextValid(span.spanContext())) return next();
  onceAnswered(response, () => end(span, request.method, response));
  context.with(trace.setSpan(parent, span), () => next());
};

function end(span: Span, method: string, { statusCode, locals: { requestId, route } }: Response): void {
  if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
  span.setAttributes({ 'natter.request_id': requestId, 'http.response.status_code': statusCode });
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
