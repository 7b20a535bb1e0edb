import { expect, it } from '@jest/globals';
import type { Entry } from '@natter/contracts';
import { entryFrame, entryFrameWith, ephemeralFrame } from './event-frames.ts';

it('makes the frame of what many are told once, and one of its own for whoever gets a cursor', () => {
  const json = '{"rev":7}';
  const live = { entry: { type: 'message.sent' } as Entry, json };
  const event = { type: 'typing', json } as const;
  expect(entryFrame(live)).toBe(entryFrame(live));
  expect(ephemeralFrame(event)).toBe(ephemeralFrame(event));
  expect(JSON.parse(entryFrame(live).toString())).toEqual({ type: 'message.sent', data: { rev: 7 } });
  const withCursor = { type: 'message.sent', id: 'c7', data: { rev: 7 } };
  expect(JSON.parse(entryFrameWith('c7', live).toString())).toEqual(withCursor);
});
