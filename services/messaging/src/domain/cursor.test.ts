import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.ts';

const cursor = encodeCursor('conversations', 'alice', ['1767225600000', 'c1']);

const bytesOf = (text: string): string => Buffer.from(text).toString('base64url');

describe('decodeCursor', () => {
  it('gives the position back', () => {
    expect(decodeCursor('conversations', 'alice', cursor)).toEqual(['1767225600000', 'c1']);
  });

  it.each([
    ['of somebody else', 'conversations', 'bob'],
    ['of another kind', 'members', 'alice'],
  ] as const)('refuses the cursor %s', (_case, kind, ownerId) => {
    expect(() => decodeCursor(kind, ownerId, cursor)).toThrow(
      expect.objectContaining({ code: 'cursor_invalid' }),
    );
  });

  it.each([
    ['nothing', ''],
    ['words', 'not a cursor'],
    ['one that was cut', cursor.slice(0, 10)],
    ['one without a position', bytesOf('conversations/1/alice')],
    ['one of another version', bytesOf('conversations/2/alice/1767225600000/c1')],
    ['one whose owner was changed', bytesOf('conversations/1/bob/1767225600000/c1')],
    ['one with padding', Buffer.from('conversations/1/alice/1/c1').toString('base64')],
    ['one with a blank in it', `${cursor.slice(0, 8)} ${cursor.slice(8)}`],
    ['one with something behind it', `${cursor}!`],
    ['one that is no UTF-8', Buffer.from('conversations/1/alice/\xff', 'latin1').toString('base64url')],
  ])('refuses %s', (_case, text) => {
    expect(() => decodeCursor('conversations', 'alice', text)).toThrow(
      expect.objectContaining({ code: 'cursor_invalid' }),
    );
  });

  it('refuses every other way to write the same bytes', () => {
    const spare = encodeCursor('blocks', 'alice', ['b']);
    expect(spare.length % 4).not.toBe(0);
    const twins = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      .split('')
      .map((last) => spare.slice(0, -1) + last)
      .filter(
        (other) => other !== spare && Buffer.from(other, 'base64url').equals(Buffer.from(spare, 'base64url')),
      );
    expect(twins).not.toEqual([]);
    for (const twin of twins) {
      expect(() => decodeCursor('blocks', 'alice', twin)).toThrow(
        expect.objectContaining({ code: 'cursor_invalid' }),
      );
    }
  });
});
