import type { Bus } from '@natter/bus';
import { entryAppended, type PayloadOf } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';

/** Publishes an entry to JetStream, which takes it once however often it is given within its window. */
export async function publishEntry(bus: Bus, entry: Entry): Promise<void> {
  const { id, key: _key, at, ...rest } = entry;
  const payload = { ...rest, at: at.toISOString() } as PayloadOf<typeof entryAppended>;
  await bus.publish(entryAppended, payload, { id });
}
