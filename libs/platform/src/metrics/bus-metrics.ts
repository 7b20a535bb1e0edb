import { Counter, Gauge, Histogram } from '@prometheus-io/client';
import { durationBuckets, type Metrics } from './metrics.ts';

interface Operation {
  service: string;
  name: string;
}

type Behind = () => Promise<number>;

const breakerStates = ['closed', 'half-open', 'open'] as const;

const settlements = ['acknowledged', 'redelivered', 'dead-letter'];

/** What a service measures of its ways to others and of those who ask it: fits the bus's `BusObserver`. */
export function createBusMetrics(metrics: Metrics) {
  return { ...callMetrics(metrics), ...serveMetrics(metrics), ...eventMetrics(metrics) };
}

function callMetrics(metrics: Metrics) {
  const registers = [metrics];
  const durations = new Histogram({
    name: 'natter_rpc_request_duration_seconds',
    help: 'Calls to other services, from the first attempt to the answer',
    labelNames: ['service', 'operation', 'outcome'],
    buckets: durationBuckets,
    registers,
  });
  const inFlight = new Gauge({
    name: 'natter_rpc_requests_in_flight',
    help: 'Calls to other services that wait for their answer',
    labelNames: ['service'],
    registers,
  });
  const retries = new Counter({
    name: 'natter_rpc_retries_total',
    help: 'Attempts after the first, by how the attempt before ended',
    labelNames: ['service', 'operation', 'after'],
    registers,
  });
  const breaker = new Gauge({
    name: 'natter_rpc_breaker_state',
    help: 'The state of the circuit breaker before a service: 1 for the one that it is in',
    labelNames: ['service', 'state'],
    registers,
  });
  return {
    calling: ({ service, name: operation }: Operation) => {
      const started = performance.now();
      inFlight.inc({ service });
      return (outcome: string) => {
        inFlight.dec({ service });
        durations.observe({ service, operation, outcome }, secondsSince(started));
      };
    },
    repeating: ({ service, name: operation }: Operation, after: string) =>
      retries.inc({ service, operation, after }),
    breakerIs: (service: string, now: (typeof breakerStates)[number]) => {
      for (const state of breakerStates) breaker.set({ service, state }, state === now ? 1 : 0);
    },
  };
}

function serveMetrics(metrics: Metrics) {
  const registers = [metrics];
  const durations = new Histogram({
    name: 'natter_rpc_served_duration_seconds',
    help: 'Requests of other services, from their arrival to the answer',
    labelNames: ['operation', 'outcome'],
    buckets: durationBuckets,
    registers,
  });
  const inFlight = new Gauge({
    name: 'natter_rpc_served_in_flight',
    help: 'Requests of other services that are being served',
    registers,
  });
  return {
    serving: ({ name: operation }: Operation) => {
      const started = performance.now();
      inFlight.inc();
      return (outcome: string) => {
        inFlight.dec();
        durations.observe({ operation, outcome }, secondsSince(started));
      };
    },
  };
}

function eventMetrics(metrics: Metrics) {
  const registers = [metrics];
  const consumers = new Map<string, Behind>();
  const handled = new Counter({
    name: 'natter_events_handled_total',
    help: 'Deliveries of events, by what became of them',
    labelNames: ['consumer', 'settlement'],
    registers,
  });
  const unhandled = new Gauge({
    name: 'natter_events_unhandled',
    help: 'Published events that no replica has handled yet; not there while NATS can not tell',
    labelNames: ['consumer'],
    registers,
    collect: async () => {
      await Promise.all([...consumers].map(([consumer, behind]) => askInto(unhandled, consumer, behind)));
    },
  });
  return {
    consuming: (consumer: string, behind: Behind) => {
      consumers.set(consumer, behind);
      // Prometheus sees no increase in what begins with 1.
      for (const settlement of settlements) handled.inc({ consumer, settlement }, 0);
    },
    settled: (consumer: string, settlement: string) => handled.inc({ consumer, settlement }),
  };
}

/** A number that can't be had is not shown: the last one would be taken for true. */
async function askInto(gauge: Gauge<'consumer'>, consumer: string, behind: Behind): Promise<void> {
  await behind().then(
    (events) => gauge.set({ consumer }, events),
    () => gauge.remove({ consumer }),
  );
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1_000;
}
