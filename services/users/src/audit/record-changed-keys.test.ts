import { expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import type { AuditEvent } from '../domain/audit-log.ts';
import { MemoryAuditLog } from '../storage/memory-audit-log.ts';
import { recordChangedKeys } from './record-changed-keys.ts';

/** Starts of a service with these keys, one after the other; what each of them recorded. */
async function recordedByStarts(...starts: string[][]): Promise<(string | undefined)[][]> {
  const log = new MemoryAuditLog();
  const recorded: (string | undefined)[][] = [];
  for (const kids of starts) {
    const events: AuditEvent[] = [];
    await recordChangedKeys(log, kids, (event) => void events.push(event));
    const when = { at: new Date(), expires: new Date('2126-01-01') };
    await log.add(events.map((event) => ({ ...event, ...when, id: uuidv7() })));
    recorded.push(events.map(({ detail }) => detail));
  }
  return recorded;
}

test('keys are recorded when there are others, and which of them signs', async () => {
  expect(await recordedByStarts(['a'], ['a', 'b'], ['b', 'a'], ['b'])).toEqual([
    ['signing a'],
    ['signing a, published b'],
    ['signing b, published a'],
    ['signing b'],
  ]);
});

test('a start with the keys of the last time records nothing', async () => {
  expect(await recordedByStarts(['a', 'b'], ['a', 'b'])).toEqual([['signing a, published b'], []]);
});
