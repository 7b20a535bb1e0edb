import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { created, direct } from '../domain/_fixtures.ts';
import type { Entry } from '../domain/entry.ts';
import { send } from './_fixtures.ts';
import type { Command } from './command.ts';
import { Pending } from './pending.ts';

const left = { conversation: direct() };

const pendingOf = (command: Command) => new Pending(command, 0);

/** The entry that a command makes. */
const entryOf = ({ id, key }: Command): Entry => ({ ...created, id, key });

describe('Pending', () => {
  it('is answered with its own entry', async () => {
    const command = send({ key: 'k1' });
    const pending = pendingOf(command);
    pending.landed(entryOf(command), left);
    expect(await pending.outcome).toEqual({ entry: entryOf(command), replayed: false, ...left });
  });

  it('is answered with the entry that its key made before', async () => {
    const earlier = entryOf(send({ key: 'k1' }));
    const pending = pendingOf(send({ key: 'k1' }));
    pending.landed(earlier, left);
    expect(await pending.outcome).toEqual({ entry: earlier, replayed: true, ...left });
  });

  it('is refused where its key made something else before', async () => {
    const pending = pendingOf(send({ key: 'k1' }));
    pending.landed(entryOf(send({ key: 'k1', content: 'other' })), left);
    await expect(pending.outcome).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it.each([
    ['the same key of the same user', send({ key: 'k1', content: 'other' }), true],
    ['another key', send({ key: 'k2' }), false],
    ['the same key of somebody else', send({ key: 'k1', actorId: 'bob' }), false],
    ['no key', send(), false],
  ])('knows %s: %p', (_case, other, expected) => {
    expect(pendingOf(send({ key: 'k1' })).hasKeyOf(pendingOf(other))).toBe(expected);
    expect(pendingOf(other).hasKeyOf(pendingOf(send({ key: 'k1' })))).toBe(expected);
  });

  it('has the key of none where it has none', () => {
    expect(pendingOf(send()).hasKeyOf(pendingOf(send()))).toBe(false);
  });

  it('shares its outcome with repeats, and with nothing else', async () => {
    const command = send({ key: 'k1' });
    const [pending, repeat] = [pendingOf(command), pendingOf(send({ key: 'k1' }))];
    expect(pending.adopt(repeat)).toBe(true);
    expect(pending.adopt(pendingOf(send({ key: 'k1', content: 'other' })))).toBe(false);
    pending.landed(entryOf(command), left);
    expect(await repeat.outcome).toMatchObject({ entry: { id: command.id }, replayed: true });
  });

  it('shares with repeats that there is nothing to do', async () => {
    const [pending, repeat] = [pendingOf(send({ key: 'k1' })), pendingOf(send({ key: 'k1' }))];
    pending.adopt(repeat);
    pending.settled(left);
    const outcomes = await Promise.all([pending.outcome, repeat.outcome]);
    expect(outcomes).toEqual([
      { replayed: false, ...left },
      { replayed: false, ...left },
    ]);
  });

  it('shares its failure with repeats', async () => {
    const [pending, repeat] = [pendingOf(send({ key: 'k1' })), pendingOf(send({ key: 'k1' }))];
    pending.adopt(repeat);
    pending.failed(new NatterError('forbidden'));
    await expect(pending.outcome).rejects.toMatchObject({ code: 'forbidden' });
    await expect(repeat.outcome).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('never says that nothing happened once an append of it was not answered', async () => {
    const pending = pendingOf(send());
    const cause = new NatterError('forbidden');
    pending.markUncertain();
    pending.failed(cause);
    await expect(pending.outcome).rejects.toMatchObject({ code: 'outcome_unknown', cause });
  });
});
