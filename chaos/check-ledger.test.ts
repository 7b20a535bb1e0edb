import { describe, expect, it } from '@jest/globals';
import { checkLedger } from './check-ledger.ts';
import type { Send } from './ledger.ts';
import type { Answer, Ask } from './question.ts';

const stored = (...contents: string[]) =>
  contents.map((content, index) => ({
    conversationId: 'c',
    rev: index + 1,
    seq: index + 1,
    type: 'message.sent',
    data: { messageId: `id of ${content}`, content },
  }));

/** Serves the log in pages of two. */
function serving(log: readonly { rev: number }[]): Ask {
  return async ({ path }) => {
    const after = Number(new URL(path, 'http://natter').searchParams.get('after'));
    const body = { data: log.slice(after, after + 2), page: { hasAfter: after + 2 < log.length } };
    return { status: 200, code: undefined, body };
  };
}

const acknowledged = (content: string, seq: number): Answer => ({
  status: 201,
  code: undefined,
  body: { id: `id of ${content}`, seq },
});
const refused: Answer = { status: 503, code: 'service_unavailable', body: undefined };
const unknown: Answer = { status: 504, code: 'outcome_unknown', body: undefined };
const lost: Answer = { status: undefined, code: 'ECONNRESET', body: undefined };

const send = (content: string, ...answers: Answer[]): Send => ({
  conversation: 'c',
  content,
  key: undefined,
  answers,
});

describe('checkLedger', () => {
  it('finds nothing where everything is as it was promised', async () => {
    const log = stored('a', 'b', 'c', 'd');
    const sends = [
      send('a', acknowledged('a', 1)),
      send('b', refused, unknown, acknowledged('b', 2)),
      send('c', unknown),
      send('d', lost),
      send('e', refused),
      send('f', unknown),
    ];
    expect(await checkLedger(sends, serving(log))).toEqual([]);
  });

  it.each([
    ['an acknowledged message that is gone', stored('b'), send('a', acknowledged('a', 1)), 'not stored'],
    ['one that is there twice', stored('a', 'a'), send('a', acknowledged('a', 1)), 'stored 2 times'],
    ['one of unknown outcome twice', stored('a', 'a'), send('a', unknown), 'stored 2 times'],
    ['one under another number', stored('b', 'a'), send('a', acknowledged('a', 1)), 'is stored as 2'],
    ['one that was refused', stored('a'), send('a', refused), 'was refused, and is stored'],
    [
      'one under another id',
      stored('a'),
      send('a', { ...acknowledged('a', 1), body: { id: 'x', seq: 1 } }),
      'was acknowledged as 1 (x)',
    ],
    ['a hole in the revs', stored('a', 'b').slice(1), send('b', acknowledged('b', 2)), 'entry 1 has rev 2'],
    [
      'a hole in the seqs',
      stored('a').map((entry) => ({ ...entry, seq: 2 })),
      send('a', acknowledged('a', 2)),
      'seq 2 instead of 1',
    ],
  ])('finds %s', async (_, log, sent, fault) => {
    expect((await checkLedger([sent], serving(log))).join('\n')).toContain(fault);
  });
});
