import {
  context,
  propagation,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapSetter,
} from '@opentelemetry/api';
import type { MsgHdrs } from 'nats';

const setter: TextMapSetter<MsgHdrs> = { set: (fields, name, value) => fields.set(name, value) };

const getter: TextMapGetter<MsgHdrs> = {
  get: (fields, name) => fields.get(name) || undefined,
  keys: (fields) => fields.keys(),
};

/** Adds the trace that goes on here (W3C Trace Context: `traceparent`, `tracestate`), where there is one. */
export function withTrace(fields: MsgHdrs): MsgHdrs {
  propagation.inject(context.active(), fields, setter);
  return fields;
}

/** The trace that a message carries, and nothing of what goes on here. */
export function traceOf(fields: MsgHdrs | undefined) {
  return fields ? propagation.extract(ROOT_CONTEXT, fields, getter) : ROOT_CONTEXT;
}
