import { durationBuckets, Gauge, Histogram, type Metrics } from '@natter/platform';

export type HttpMetrics = ReturnType<typeof createHttpMetrics>;

export interface AnsweredRequest {
  method: string;
  /** The route's path with the names of its parameters. */
  route: string;
  status: string;
}

/** What the gateway measures of the requests that it answers. */
export function createHttpMetrics(metrics: Metrics) {
  const registers = [metrics];
  const durations = new Histogram({
    name: 'natter_http_request_duration_seconds',
    help: 'Requests of clients, from their headers to the end of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBuckets,
    registers,
  });
  const inFlight = new Gauge({
    name: 'natter_http_requests_in_flight',
    help: 'Requests of clients that are not answered yet',
    registers,
  });
  return {
    /** A request came; what is returned is told how it was answered. */
    answering: () => {
      const started = performance.now();
      inFlight.inc();
      return (answered: AnsweredRequest) => {
        inFlight.dec();
        durations.observe({ ...answered }, (performance.now() - started) / 1_000);
      };
    },
  };
}
