import type { ErrorCode } from '@natter/contracts';
import { Counter, type Metrics } from '@natter/platform';

export type SocketMetrics = ReturnType<typeof createSocketMetrics>;

/** What clients may write as a type is without end. */
const types = new Set(['auth', 'ping', 'read', 'send', 'typing']);

/** What the gateway measures of what clients send over WebSockets. */
export function createSocketMetrics(metrics: Metrics) {
  const frames = new Counter({
    name: 'natter_websocket_frames_total',
    help: 'Frames of clients that were answered, by type and by how: ok, or the code of the error',
    labelNames: ['type', 'outcome'],
    registers: [metrics],
  });
  return {
    answered: (type = 'other', outcome: ErrorCode | 'ok') =>
      frames.inc({ type: types.has(type) ? type : 'other', outcome }),
  };
}
