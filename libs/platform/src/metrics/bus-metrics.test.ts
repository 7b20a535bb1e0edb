import { describe, expect, it } from '@jest/globals';
import { createBusMetrics } from './bus-metrics.ts';
import { createMetrics } from './metrics.ts';

const operation = { service: 'messaging', name: 'send-message' };

function measured() {
  const metrics = createMetrics({ name: 'test', version: '0.0.0' });
  const observer = createBusMetrics(metrics);
  /** The lines of a metric without help, type and buckets. */
  const read = async (name: string) =>
    (await metrics.getSingleMetricAsString(name))
      .split('\n')
      .filter((line) => !line.startsWith('#') && !/_bucket|_sum/.test(line));
  return { observer, read };
}

describe('createBusMetrics', () => {
  it('counts a call by its outcome, and holds it in flight until then', async () => {
    const { observer, read } = measured();
    const ended = observer.calling(operation);
    expect(await read('natter_rpc_requests_in_flight')).toEqual([
      'natter_rpc_requests_in_flight{service="messaging"} 1',
    ]);
    ended('overloaded');
    expect(await read('natter_rpc_requests_in_flight')).toEqual([
      'natter_rpc_requests_in_flight{service="messaging"} 0',
    ]);
    expect(await read('natter_rpc_request_duration_seconds')).toEqual([
      'natter_rpc_request_duration_seconds_count{service="messaging",operation="send-message",outcome="overloaded"} 1',
    ]);
  });

  it('counts what is served in the same way', async () => {
    const { observer, read } = measured();
    const ended = observer.serving(operation);
    expect(await read('natter_rpc_served_in_flight')).toEqual(['natter_rpc_served_in_flight 1']);
    ended('ok');
    expect(await read('natter_rpc_served_in_flight')).toEqual(['natter_rpc_served_in_flight 0']);
    expect(await read('natter_rpc_served_duration_seconds')).toEqual([
      'natter_rpc_served_duration_seconds_count{operation="send-message",outcome="ok"} 1',
    ]);
  });

  it('counts repeats', async () => {
    const { observer, read } = measured();
    observer.repeating(operation, 'no-responders');
    expect(await read('natter_rpc_retries_total')).toEqual([
      'natter_rpc_retries_total{service="messaging",operation="send-message",after="no-responders"} 1',
    ]);
  });

  it('shows a breaker in one state at a time', async () => {
    const { observer, read } = measured();
    observer.breakerIs('users', 'closed');
    observer.breakerIs('users', 'open');
    expect(await read('natter_rpc_breaker_state')).toEqual([
      'natter_rpc_breaker_state{service="users",state="closed"} 0',
      'natter_rpc_breaker_state{service="users",state="half-open"} 0',
      'natter_rpc_breaker_state{service="users",state="open"} 1',
    ]);
  });

  it('asks how many events wait when it is read, and shows no number where that is not known', async () => {
    const { observer, read } = measured();
    let known = true;
    observer.consuming('entries', () => (known ? Promise.resolve(7) : Promise.reject(new Error('away'))));
    expect(await read('natter_events_unhandled')).toEqual(['natter_events_unhandled{consumer="entries"} 7']);
    known = false;
    expect(await read('natter_events_unhandled')).toEqual([]);
  });

  it('counts what became of events', async () => {
    const { observer, read } = measured();
    observer.consuming('entries', async () => 0);
    observer.settled('entries', 'dead-letter');
    expect(await read('natter_events_handled_total')).toEqual([
      'natter_events_handled_total{consumer="entries",settlement="acknowledged"} 0',
      'natter_events_handled_total{consumer="entries",settlement="redelivered"} 0',
      'natter_events_handled_total{consumer="entries",settlement="dead-letter"} 1',
    ]);
  });
});
