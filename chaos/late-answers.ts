import { answeredWithinMs, msOf } from './figures.ts';
import type { Exchange } from './load.ts';

/** From the gateway's reading of a request to its answer, in milliseconds, by the request's id. */
export type Durations = ReadonlyMap<string, number>;

/** @param logs what the gateways have logged, a line each. */
export function readDurations(logs: readonly string[]): Durations {
  const durations = new Map<string, number>();
  for (const line of logs) {
    // What a process says when it dies is no JSON.
    if (!line.startsWith('{') || !line.endsWith('}')) continue;
    const { requestId, durationMs } = JSON.parse(line) as { requestId?: string; durationMs?: number };
    if (requestId !== undefined && durationMs !== undefined) durations.set(requestId, durationMs);
  }
  return durations;
}

/**
 * Tells apart what came too late: a gateway that answered in time by its own log was held up by the machine, before
 * it read the request or after it answered, and so was the client; the others let the deadline pass.
 */
export function judgeLate(
  late: readonly Exchange[],
  durations: Durations,
): { tooLate: string[]; heldUp: string[] } {
  const tooLate: string[] = [];
  const heldUp: string[] = [];
  for (const exchange of late) {
    const ms = durations.get(exchange.requestId);
    const inTime = ms !== undefined && ms <= answeredWithinMs;
    (inTime ? heldUp : tooLate).push(`${describe(exchange)}, ${ofGateway(ms)}`);
  }
  return { tooLate, heldUp };
}

function describe(exchange: Exchange): string {
  const { operation, answer } = exchange;
  const told = [answer.status ?? 'no answer', answer.code].filter(Boolean).join(' ');
  return `${operation} ended with ${told} after ${seconds(msOf(exchange))}`;
}

function ofGateway(ms: number | undefined): string {
  return ms === undefined ? 'of which no gateway knows' : `for which the gateway took ${seconds(ms)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
