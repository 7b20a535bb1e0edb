import type { Lifecycle } from './lifecycle.ts';
import { createBusMetrics } from './metrics/bus-metrics.ts';
import { type NatsSettings, natsOptions } from './nats-settings.ts';

/** What is needed to know of a bus to look after it, whoever makes it. */
interface HeldBus {
  readonly connected: boolean;
  readonly closed: boolean;
  close(): Promise<void>;
}

interface ServiceBusSettings extends NatsSettings {
  /** Only of services that own streams. */
  NATS_STREAM_REPLICAS?: number | undefined;
}

export interface ServiceBusOptions<B extends HeldBus> {
  settings: ServiceBusSettings;
  /** The bus package's `connectBus`, which this package does not know. */
  connect: (options: ReturnType<typeof busOptions>, stopping: AbortSignal) => Promise<B>;
}

/**
 * A service's connection to NATS: counts in its health from the first moment, is measured, has the service fail
 * where NATS closes it for good, and is closed when the service stops.
 */
export class ServiceBus<B extends HeldBus> {
  readonly #lifecycle: Lifecycle;
  readonly #options: ServiceBusOptions<B>;
  #bus: B | undefined;

  constructor(lifecycle: Lifecycle, options: ServiceBusOptions<B>) {
    this.#lifecycle = lifecycle;
    this.#options = options;
    lifecycle.health.add({
      name: 'nats',
      ready: () => this.#bus?.connected ?? false,
      alive: () => !this.#bus?.closed,
    });
  }

  /** Resolves when NATS has answered, however long that takes. @throws what `connectBus` does. */
  async connect(): Promise<B> {
    const { settings, connect } = this.#options;
    const bus = await connect(busOptions(this.#lifecycle, settings), this.#lifecycle.stopping);
    this.#lifecycle.onStop('NATS', () => bus.close());
    this.#bus = bus;
    return bus;
  }
}

function busOptions(lifecycle: Lifecycle, settings: ServiceBusSettings) {
  const { name, logger } = lifecycle.owner;
  return {
    ...natsOptions(settings),
    name,
    logger,
    streamReplicas: settings.NATS_STREAM_REPLICAS,
    observer: createBusMetrics(lifecycle.metrics),
    onClosed: (error: Error) => lifecycle.fail(error),
  };
}
