import { expect, test } from '@jest/globals';
import type { AuditEntry, AuditEvent } from '../domain/audit-log.ts';
import { MemoryAuditLog } from '../storage/memory-audit-log.ts';
import { AuditRecorder } from './audit-recorder.ts';

const everything = { username: undefined, since: undefined, beforeId: undefined, limit: 100 };

const loggedIn = (username: string): AuditEvent => ({ kind: 'login.succeeded', by: 'user', username });

/** A database that is away until it is told otherwise, and a log of which one sees the lines. */
class Harness {
  readonly lines: { level: string; message: string; username?: string }[] = [];
  readonly kept = new MemoryAuditLog();
  away = false;
  batches: number[] = [];
  readonly recorder: AuditRecorder;

  constructor(maxWaiting?: number) {
    const line =
      (level: string) =>
      ({ audit }: { audit?: AuditEntry }, message: string) =>
        void this.lines.push({ level, message, ...(audit?.username && { username: audit.username }) });
    const log = {
      add: async (entries: readonly AuditEntry[]) => {
        this.batches.push(entries.length);
        if (this.away) throw new Error('away');
        await this.kept.add(entries);
      },
      list: this.kept.list.bind(this.kept),
    };
    const logger = { info: line('info'), warn: line('warn'), error: line('error') } as never;
    this.recorder = new AuditRecorder({ log, keepDays: 30, logger, ...(maxWaiting && { maxWaiting }) });
  }

  async usernames(): Promise<(string | undefined)[]> {
    return (await this.kept.list(everything)).map(({ username }) => username).toReversed();
  }
}

test('what is recorded is in the log of the process at once, and soon kept until its time is over', async () => {
  const harness = new Harness();
  harness.recorder.record(loggedIn('alice'));
  expect(harness.lines).toEqual([{ level: 'info', message: 'audit', username: 'alice' }]);
  await harness.recorder.flush();
  const [entry] = await harness.kept.list(everything);
  expect(entry).toMatchObject(loggedIn('alice'));
  expect(entry && entry.expires.getTime() - entry.at.getTime()).toBe(30 * 24 * 60 * 60 * 1_000);
});

test('what is recorded together is written together', async () => {
  const harness = new Harness();
  for (const username of ['a', 'b', 'c']) harness.recorder.record(loggedIn(username));
  await harness.recorder.flush();
  expect(harness.batches).toEqual([3]);
  expect(await harness.usernames()).toEqual(['a', 'b', 'c']);
});

test('while the database is away nothing is lost, nobody waits, and one warning says so', async () => {
  const harness = new Harness();
  harness.away = true;
  harness.recorder.record(loggedIn('early'));
  await expect(harness.recorder.flush()).rejects.toThrow('away');
  harness.away = false;
  harness.recorder.record(loggedIn('late'));
  await harness.recorder.flush();
  expect(await harness.usernames()).toEqual(['early', 'late']);
  expect(harness.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('what finds no place any more is told of at the level of errors', async () => {
  const harness = new Harness(1);
  harness.away = true;
  harness.recorder.record(loggedIn('first'));
  harness.recorder.record(loggedIn('second'));
  await expect(harness.recorder.flush()).rejects.toThrow('away');
  expect(harness.lines.filter(({ level }) => level === 'error')).toEqual([
    expect.objectContaining({ username: 'second' }),
  ]);
});
