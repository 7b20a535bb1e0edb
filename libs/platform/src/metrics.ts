import { Registry } from '@prometheus-io/client';

export { Gauge } from '@prometheus-io/client';

/** What one service measures of itself. Never the client's global registry: several services may live in one process. */
export type Metrics = Registry;

export function createMetrics(): Metrics {
  return new Registry();
}
