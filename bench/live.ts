import { benchDeliveries } from './live-deliveries.ts';
import { benchLag } from './live-lag.ts';
import { benchIdleSockets } from './live-memory.ts';

/** What it costs to tell clients live of what happens, and how soon they hear of it. */
export async function benchLive(): Promise<void> {
  await benchDeliveries();
  await benchIdleSockets();
  await benchLag();
}
