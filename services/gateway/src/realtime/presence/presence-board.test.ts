import { beforeEach, expect, test } from '@jest/globals';
import { type ConnectionWord, PresenceBoard } from './presence-board.ts';

const aliceId = '01941f29-7c00-7000-8000-000000000001';
const phone = `${aliceId}_01941f29-7c00-7000-8000-00000000000a`;
const desk = `${aliceId}_01941f29-7c00-7000-8000-00000000000b`;

const start = Date.parse('2026-01-01T12:00:00.000Z');
const alice = { userId: aliceId, username: 'alice' };

let seconds: number;
let board: PresenceBoard;

const word = (status: ConnectionWord['status'], sessionId?: string): ConnectionWord => ({
  username: 'alice',
  status,
  changes: 0,
  ...(sessionId && { sessionId }),
});

/** What appears otherwise now: the status, and the second in which somebody was there last. */
const changes = () =>
  board
    .settle()
    .map(({ presence: { status, lastSeen } }) => [
      status,
      lastSeen && (Date.parse(lastSeen) - start) / 1_000,
    ]);

beforeEach(() => {
  seconds = 0;
  board = new PresenceBoard({
    now: () => 500 + seconds * 1_000,
    date: () => new Date(start + seconds * 1_000),
  });
});

test('somebody is there from their first connection on, and told to be so once', () => {
  expect(board.find(aliceId)).toBeUndefined();
  board.hear(phone, word('online'));
  board.hear(desk, word('online'));
  const presence = { ...alice, status: 'online', lastSeen: null };
  expect(board.find(aliceId)).toEqual(presence);
  expect(board.settle()).toEqual([{ presence, ranOut: false }]);
  board.hear(phone, word('online'));
  expect(changes()).toEqual([]);
});

test('somebody is away where all of their connections are', () => {
  board.hear(phone, word('online'));
  board.hear(desk, word('away'));
  expect(changes()).toEqual([['online', null]]);
  board.hear(phone, word('away'));
  expect(changes()).toEqual([['away', null]]);
  board.hear(desk, word('online'));
  expect(changes()).toEqual([['online', null]]);
});

test('somebody who goes is gone ten seconds later, and was there until they went', () => {
  board.hear(phone, word('away'));
  expect(changes()).toEqual([['away', null]]);
  seconds = 3;
  board.hear(phone, undefined);
  seconds = 12;
  expect(changes()).toEqual([]);
  expect(board.find(aliceId)?.status).toBe('away');
  seconds = 13;
  expect(changes()).toEqual([['offline', 3]]);
  expect(board.find(aliceId)).toBeUndefined();
});

test('somebody who comes back before that was never gone', () => {
  board.hear(phone, word('online'));
  changes();
  for (let round = 0; round < 5; round += 1) {
    board.hear(phone, undefined);
    seconds += 9;
    expect(changes()).toEqual([]);
    board.hear(phone, word('online'));
    expect(changes()).toEqual([]);
  }
});

test('one connection of several that ends changes nothing', () => {
  board.hear(phone, word('online'));
  board.hear(desk, word('online'));
  changes();
  board.hear(phone, undefined);
  for (seconds = 0; seconds < 30; seconds += 10) {
    board.hear(desk, word('online'));
    expect(changes()).toEqual([]);
  }
});

test('of whom nothing is heard any more is gone when that has run out, and was there until they were heard of', () => {
  board.hear(phone, word('online'));
  changes();
  seconds = 15;
  board.hear(phone, word('online'));
  seconds = 44;
  expect(changes()).toEqual([]);
  seconds = 45;
  const [change] = board.settle();
  const lastSeen = new Date(start + 15_000).toISOString();
  expect(change).toEqual({ presence: { ...alice, status: 'offline', lastSeen }, ranOut: true });
});

test('who came and went between two looks is not told at all', () => {
  board.hear(phone, word('online'));
  board.hear(phone, undefined);
  expect(changes()).toEqual([]);
  board.hear(phone, undefined);
  expect(changes()).toEqual([]);
});

test('the connections of one session are found, and those without', () => {
  board.hear(phone, word('online', 'session'));
  board.hear(desk, word('online'));
  expect(board.connectionsOf(aliceId, 'session')).toEqual([phone]);
  expect(board.connectionsOf(aliceId, undefined)).toEqual([desk]);
  expect(board.connectionsOf('nobody', undefined)).toEqual([]);
});
