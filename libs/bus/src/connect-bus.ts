import { setTimeout } from 'node:timers/promises';
import { type ConnectionOptions, connect, type NatsConnection } from 'nats';
import { Bus } from './bus.ts';
import type { BusLogger } from './bus-logger.ts';
import { type BusObserver, unobserved } from './bus-observer.ts';
import { Connection } from './connection/connection.ts';
import { isRefusedCredentials } from './connection/nats-error.ts';
import { serverOptions } from './connection/server-options.ts';
import { jittered } from './jitter.ts';
import { inboxPrefix, tokenise } from './subject.ts';

export interface BusOptions {
  /** `nats://user:password@host:port`, several of them with commas between. */
  url: string;
  /** Of the connection: the service. One token, which its inbox is called after. */
  name: string;
  /** The first token of every subject and stream, so that tests and tenants stay apart. */
  prefix: string;
  /** Demands TLS, if `url` doesn't. In PEM: who vouches for NATS's certificate, and what is shown to NATS. */
  tls?: { ca?: string; cert?: string; key?: string };
  logger: BusLogger;
  /** How many servers of the NATS cluster have each event of the streams that the service owns, if it says. */
  streamReplicas?: number | undefined;
  /** Told once when NATS refuses the connection for good, as when its credentials are no longer valid. */
  onClosed?: (error: Error) => void;
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
  const { name, logger, observer = unobserved, onClosed, streamReplicas } = options;
  const prefix = tokenise(options.prefix);
  const client = clientOptions(options);
  const nats = await connectPatiently(client, logger, signal);
  void nats.closed().then((error) => {
    if (error) onClosed?.(explain(error, client));
  });
  return new Bus(new Connection(nats, { logger, inboxPrefix: inboxPrefix(name) }), {
    prefix,
    name,
    logger,
    observer,
    streamReplicas,
  });
}

function clientOptions({ url, tls, name }: BusOptions): ConnectionOptions {
  return {
    ...serverOptions(url),
    ...(tls && { tls }),
    name,
    inboxPrefix: inboxPrefix(name),
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
      if (isRefusedCredentials(error)) throw explain(error as Error, options);
      if (attempt % complainEvery === 0) {
        logger.warn({ err: error, servers: options.servers }, 'NATS is not reachable, trying on');
      }
    }
    await setTimeout(jittered(reconnectAfterMs), undefined, { signal });
  }
}

/** Refused credentials in a sentence for the operator; every other error as it is. */
function explain(error: Error, { user }: ConnectionOptions): Error {
  if (!isRefusedCredentials(error)) return error;
  const whose = user === undefined ? 'that it was given' : `of the user "${user}"`;
  return new Error(`NATS refused the credentials ${whose}`, { cause: error });
}
