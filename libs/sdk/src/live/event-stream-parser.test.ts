import { describe, expect, it } from '@jest/globals';
import { EventStreamParser } from './event-stream-parser.ts';

const stream = [
  ': hello\n\n',
  'retry: 1000\n\n',
  'id: c-0\n\n',
  'event: message.sent\nid: c-1\ndata: {"rev":1}\n\n',
  'event:typing\r\ndata: {"of":\r\ndata: "two lines: 👋"}\r\n\r\n',
  'id: c-2\revent: message.edited\rdata: {}\r\r',
].join('');

const events = [
  { type: '', id: 'c-0', data: undefined },
  { type: 'message.sent', id: 'c-1', data: { rev: 1 } },
  { type: 'typing', id: undefined, data: { of: 'two lines: 👋' } },
  { type: 'message.edited', id: 'c-2', data: {} },
];

describe('EventStreamParser', () => {
  it('gives the same events wherever the text is torn', () => {
    for (let place = 0; place <= stream.length; place += 1) {
      const parser = new EventStreamParser();
      const parts = [stream.slice(0, place), stream.slice(place), '\n'];
      expect(parts.flatMap((part) => parser.push(part))).toEqual(events);
      expect(parser.retryMs).toBe(1_000);
    }
  });

  it('gives an event as soon as it is there', () => {
    const parser = new EventStreamParser();
    expect(parser.push('data: 1\n')).toEqual([]);
    expect(parser.push('\ndata: 2')).toEqual([{ type: '', id: undefined, data: 1 }]);
  });
});
