import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { Relay } from './relay.ts';

const alice = {
  id: '1',
  username: 'alice',
  displayName: 'Alice',
  created: new Date(),
  deleted: false,
  receipts: 'shared' as const,
  version: 1,
};

async function markedAlice() {
  const { accounts, outbox } = createMemoryStorage();
  await accounts.add({ ...alice, passwordHash: '', disabled: false, sessionEpoch: 0 });
  return outbox;
}

test('the mark stays until the messenger has the profile', async () => {
  const outbox = await markedAlice();
  const acknowledged = Promise.withResolvers<void>();
  const relay = new Relay({ outbox, publish: () => acknowledged.promise, onFailure: () => undefined });
  relay.announce(alice);
  await settled();
  expect(await outbox.readMarked(1)).toEqual([alice]);
  acknowledged.resolve();
  await relay.idle();
  expect(await outbox.readMarked(1)).toEqual([]);
});

test('a profile that can’t be published keeps its mark, and that is told', async () => {
  const outbox = await markedAlice();
  const failures: unknown[] = [];
  const relay = new Relay({
    outbox,
    publish: () => Promise.reject(new Error('no messenger')),
    onFailure: (error, profile) => failures.push([(error as Error).message, profile.id]),
  });
  relay.announce(alice);
  await relay.idle();
  expect(failures).toEqual([['no messenger', '1']]);
  expect(await outbox.readMarked(1)).toEqual([alice]);
});
