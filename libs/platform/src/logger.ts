import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type Logger, pino, stdSerializers } from 'pino';

export type { Logger } from 'pino';

/** JSON on standard output, one line an event, with the trace that it belongs to. `name` is the service's. */
export function createLogger({ name, level }: { name: string; level: string }): Logger {
  const options = {
    name,
    level,
    timestamp: timeField,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: traceFields,
    serializers: { err: stdSerializers.errWithCause },
  };
  // Written asynchronously, the last lines before an exit come out of order, or never.
  return pino(options, pino.destination({ dest: 1, sync: true }));
}

let latest = { at: Number.NaN, field: '' };

/** As pino has it, the field with the comma before it. Where there is much to log, many lines are of one millisecond. */
function timeField(): string {
  const at = Date.now();
  if (at !== latest.at) latest = { at, field: `,"time":"${new Date(at).toISOString()}"` };
  return latest.field;
}

function traceFields(): { traceId?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { traceId: span.traceId } : {};
}
