import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../domain/entry.ts';
import { memoryDatabase, send, withFaults } from './_fixtures.ts';
import { Relay, type RelayOptions } from './relay.ts';

/** A founded conversation's two entries, and a relay that takes them on. */
async function founded(options: Partial<RelayOptions>) {
  const { log, writer } = memoryDatabase();
  const entries: Entry[] = [];
  await writer({}, entries).execute(send());
  const failures: number[] = [];
  const relay = new Relay({
    log,
    publish: async () => undefined,
    onFailure: (_error, failed) => failures.push(failed),
    ...options,
  });
  const marked = async () => (await log.readMarked(10)).map(({ rev }) => rev);
  return { log, entries, relay, failures, marked };
}

describe('Relay', () => {
  it('takes the mark off what the messenger has, and off nothing before', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { relay, entries, marked } = await founded({ publish: () => held });
    relay.add(entries);
    await new Promise(setImmediate);
    expect(await marked()).toEqual([1, 2]);
    release();
    await relay.idle();
    expect(await marked()).toEqual([]);
  });

  it('leaves the mark on what the messenger did not take, and says how many that are', async () => {
    const { relay, entries, marked, failures } = await founded({
      publish: ({ rev }) => (rev === 2 ? Promise.reject(new Error('no messenger')) : Promise.resolve()),
    });
    relay.add(entries);
    await relay.idle();
    expect(await marked()).toEqual([2]);
    expect(failures).toEqual([1]);
  });

  it('says so where a mark cannot be taken off', async () => {
    const { log } = memoryDatabase();
    const { relay, entries, failures } = await founded({
      log: withFaults(log, { unmark: () => Promise.reject(new Error('away')) }),
    });
    relay.add(entries);
    await relay.idle();
    expect(failures).toEqual([2]);
  });

  it('holds what is on its way, and no longer', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { relay, entries } = await founded({ publish: () => held });
    const holds = () => entries.map((entry) => relay.holds(entry));
    expect(holds()).toEqual([false, false]);
    relay.add(entries);
    expect(holds()).toEqual([true, true]);
    release();
    await relay.idle();
    expect(holds()).toEqual([false, false]);
  });

  it('publishes each entry in the context in which it was added', async () => {
    const trace = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const { relay, entries } = await founded({
      publish: async ({ rev }) => void seen.push(`${rev} in ${trace.getStore()}`),
    });
    const [first, second] = entries as [Entry, Entry];
    trace.run('a', () => relay.add([first]));
    // These two go out together.
    trace.run('b', () => relay.add([second]));
    trace.run('c', () => relay.add([first]));
    await relay.idle();
    expect(seen).toEqual(['1 in a', '2 in b', '1 in c']);
  });

  it('goes on after a failure', async () => {
    let reachable = false;
    const { relay, entries, marked } = await founded({
      publish: () => (reachable ? Promise.resolve() : Promise.reject(new Error('no messenger'))),
    });
    relay.add(entries);
    await relay.idle();
    reachable = true;
    relay.add(entries);
    await relay.idle();
    expect(await marked()).toEqual([]);
  });
});
