import { Gauge, Registry } from '@prometheus-io/client';

export { Counter, Gauge, Histogram } from '@prometheus-io/client';

/** What one service measures of itself. Never the client's global registry: several services may live in one process. */
export type Metrics = Registry;

/**
 * Upper bounds in seconds of how long something takes that must be over within 5 s. What lies beyond the last one came
 * too late: a deadline is kept to within 100 ms.
 */
export const durationBuckets = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5.1];

/** What a service's metrics begin with: which program it is. */
export function createMetrics({ name, version }: { name: string; version: string }): Metrics {
  const metrics = new Registry();
  new Gauge({
    name: 'natter_build_info',
    help: 'Which service this is, and of which version; always 1',
    labelNames: ['service', 'version'],
    registers: [metrics],
  }).set({ service: name, version }, 1);
  return metrics;
}
