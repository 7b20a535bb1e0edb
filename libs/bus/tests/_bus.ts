import { randomUUID } from 'node:crypto';
import { afterEach } from '@jest/globals';
import type { ServiceName } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { connect } from 'nats';
import {
  type Bus,
  type CallContext,
  connectBus,
  Deadline,
  type Handler,
  type Serving,
} from '../src/index.ts';
import { recordingLogger } from './_recording-logger.ts';
import { recordingObserver } from './_recording-observer.ts';

const open: Bus[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()));
});

export function natsUrl(): string {
  const url = process.env.TEST_NATS_URL;
  if (!url) throw new Error('TEST_NATS_URL is set by the run');
  return url;
}

/** A bus with a log and an observer of its own, closed after the test. */
export async function openBus(prefix: string, url = natsUrl(), name = 'test') {
  const logger = recordingLogger();
  const observer = recordingObserver();
  const bus = await connectBus({ url, name, prefix, logger, observer });
  open.push(bus);
  return { bus, logger, observer };
}

export function context(deadlineMs = 30_000): CallContext {
  return { requestId: randomUUID(), deadline: Deadline.in(deadlineMs) };
}

export function serveOn(
  bus: Bus,
  handlers: Handler[],
  { service = 'users', maxInFlight = 100 }: { service?: ServiceName; maxInFlight?: number } = {},
): Promise<Serving> {
  return bus.serve(handlers, { service, version: '0.1.0', maxInFlight });
}

/** The code of the `NatterError` that `work` rejects with, and after how many milliseconds it did. */
export async function failure(work: Promise<unknown>): Promise<{ error: unknown; afterMs: number }> {
  const start = performance.now();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, afterMs: performance.now() - start };
}

/** Waits until `condition` holds. */
export function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  return waitFor(condition, { what });
}

/** Counts what is sent to `subject`. */
export async function watch(subject: string) {
  const nats = await connect({ servers: natsUrl() });
  const subscription = nats.subscribe(subject, { callback: () => {} });
  await nats.flush();
  return { count: () => subscription.getReceived(), close: () => nats.close() };
}
