import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Position } from '@natter/contracts';
import { openCursor, sealPosition } from './cursor.ts';

const key = createSecretKey(randomBytes(32));
const alice = randomUUID();

const at = Date.parse('2026-11-25T08:00:00.123Z');

const revsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [randomUUID(), 10 ** (index % 16)]));

const changes: Position = { kind: 'changes', epoch: randomUUID(), at, revs: revsOf(16) };

const invalid = expect.objectContaining({ code: 'cursor_invalid' });

const opening = (cursor: string, { as = alice, by = key } = {}) => {
  return () => openCursor(by, as, cursor);
};

describe('a cursor', () => {
  it.each<[string, Position]>([
    ['of changes', changes],
    ['without revs', { ...changes, at: 0, revs: {} }],
    ['between pages', { ...changes, beyond: { began: at + 9, changed: at - 7, id: randomUUID() } }],
    [
      'of a snapshot',
      {
        kind: 'snapshot',
        epoch: randomUUID(),
        at,
        revs: revsOf(1),
        beyond: { active: at, id: randomUUID() },
      },
    ],
    ['with large numbers', { ...changes, revs: { [randomUUID()]: Number.MAX_SAFE_INTEGER } }],
  ])('opens to the position that was sealed: %s', (_, position) => {
    const cursor = sealPosition(key, alice, position);
    expect(openCursor(key, alice, cursor)).toEqual(position);
    expect(Object.keys(openCursor(key, alice, cursor).revs)).toEqual(Object.keys(position.revs));
  });

  it('has a few hundred characters, with as many conversations as it names at most', () => {
    expect(sealPosition(key, alice, changes).length).toBeLessThan(500);
    const full = { ...changes, revs: Object.fromEntries(Object.keys(revsOf(32)).map((id) => [id, 10_000])) };
    expect(sealPosition(key, alice, full).length).toBeLessThan(900);
  });

  it('is good for nobody else, and under no other key', () => {
    const cursor = sealPosition(key, alice, changes);
    expect(opening(cursor, { as: randomUUID() })).toThrow(invalid);
    expect(opening(cursor, { by: createSecretKey(randomBytes(32)) })).toThrow(invalid);
  });

  it('is good in no other form than its own', () => {
    const cursor = sealPosition(key, alice, changes);
    const bytes = Buffer.from(cursor, 'base64url');
    for (let length = 0; length < cursor.length; length += 1) {
      expect(opening(cursor.slice(0, length))).toThrow(invalid);
    }
    for (const index of bytes.keys()) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(index) ^ 1, index);
      expect(opening(forged.toString('base64url'))).toThrow(invalid);
    }
    for (const other of [
      `${cursor}A`,
      `${cursor}=`,
      ` ${cursor}`,
      `${cursor}\n`,
      '',
      'garbage',
      '\u{1F44B}',
    ]) {
      expect(opening(other)).toThrow(invalid);
    }
  });
});
