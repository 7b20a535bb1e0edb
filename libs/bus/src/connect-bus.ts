import { setTimeout } from 'node:timers/promises';
import { type ConnectionOptions, connect, type NatsConnection } from 'nats';
import { Bus } from './bus.ts';
import type { BusLogger } from './bus-logger.ts';
import { type BusObserver, unobserved } from './bus-observer.ts';
import { Connection } from './connection/connection.ts';
import { isRefusedCredentials } from './connection/nats-error.ts';
import { serverOptions } from './connection/server-options.ts';
import { jittered } from './jitter.ts';
import { tokenise } from './subject.ts';

export interface BusOptions {
  /** `nats://user:password@host:port`, several of them with commas between. */
  url: string;
  /** Of the connection: the service. */
  name: string;
  /** The first token of every subject and stream, so that tests and tenants stay apart. */
  prefix: string;
  logger: BusLogger;
  observer?: BusObserver;
}

/** Milliseconds; with jitter at most 0.625 s. */
const reconnectAfterMs = 500;

/** Every so many attempts the log is told that NATS is still away: about every half minute. */
const complainEvery = 60;

/**
 * Connects, and keeps trying until it does; from then on it reconnects for ever. A frozen broker is noticed
 * after 9 s. Rejects only when `signal` aborts, on a URL that is none, and on credentials that are refused.
 */
export async function connectBus(options: BusOptions, signal?: AbortSignal): Promise<Bus> {
  const { url, name, logger, observer = unobserved } = options;
  const prefix = tokenise(options.prefix);
  const nats = await connectPatiently(clientOptions(url, name), logger, signal);
  return new Bus(new Connection(nats, logger), { prefix, name, logger, observer });
}

function clientOptions(url: string, name: string): ConnectionOptions {
  return {
    ...serverOptions(url),
    name,
    timeout: 2_000,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => jittered(reconnectAfterMs),
    pingInterval: 3_000,
    maxPingOut: 2,
    noAsyncTraces: true,
  };
}

/**
 * The client's own `waitOnFirstConnect` would be silent, deaf to `signal`, and as patient with wrong
 * credentials.
 */
async function connectPatiently(
  options: ConnectionOptions,
  logger: BusLogger,
  signal: AbortSignal | undefined,
): Promise<NatsConnection> {
  for (let attempt = 0; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      const nats = await connect(options);
      if (!signal?.aborted) return nats;
      await nats.close();
    } catch (error) {
      if (isRefusedCredentials(error)) throw error;
      if (attempt % complainEvery === 0) {
        logger.warn({ err: error, servers: options.servers }, 'NATS is not reachable, trying on');
      }
    }
    await setTimeout(jittered(reconnectAfterMs), undefined, { signal });
  }
}
