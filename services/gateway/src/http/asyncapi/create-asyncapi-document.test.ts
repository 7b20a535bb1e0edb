import { describe, expect, it, test } from '@jest/globals';
import { asyncApiFaults, createSchemaCheck } from '@natter/testkit';
import { asyncApi, faultsInFrame } from '../../../tests/_asyncapi.ts';
import { routes } from '../../../tests/_document.ts';
import { commandsOf } from '../../realtime/web-socket/commands.ts';
import { requestFrames } from './frames.ts';

const check = createSchemaCheck(asyncApi);

const requests = requestFrames(commandsOf(routes));

const key = '0123456789abcdef';

/** Frames of clients, of each type some, and whether they are any. */
const frames: [string, boolean, object][] = [
  ['AuthFrame', true, { type: 'auth', data: { token: 'x', after: 'y' } }],
  ['AuthFrame', false, { type: 'auth', data: {} }],
  ['PingFrame', true, { type: 'ping' }],
  ['PingFrame', false, { type: 'ping', data: { a: 1 } }],
  ['SendFrame', true, { type: 'send', ref: 1, data: { conversation: 'bob', content: 'a', replyTo: 1 } }],
  ['SendFrame', true, { type: 'send', data: { conversation: 'bob', content: 'a', clientMessageId: key } }],
  ['SendFrame', false, { type: 'send', data: { conversation: 'bob', content: '' } }],
  ['SendFrame', false, { type: 'send', data: { conversation: 'bob', content: 'a', clientMessageId: 'x' } }],
  ['SendFrame', false, { type: 'send', data: { content: 'a' } }],
  ['TypingFrame', true, { type: 'typing', data: { conversation: 'bob' } }],
  ['TypingFrame', false, { type: 'typing', data: {} }],
  ['ReadFrame', true, { type: 'read', ref: 'r', data: { conversation: 'bob', seq: 0 } }],
  ['ReadFrame', false, { type: 'read', ref: {}, data: { conversation: 'bob', seq: 0 } }],
  ['ReadFrame', false, { type: 'read', data: { conversation: 'bob', seq: -1 } }],
  ['ReadFrame', false, { type: 'read', data: { conversation: 'bob', seq: 1 }, more: 1 }],
];

describe('the AsyncAPI document', () => {
  it('is one, by the schema of AsyncAPI 3', () => {
    expect(asyncApiFaults(asyncApi)).toEqual([]);
    expect(asyncApiFaults({ ...asyncApi, operations: { ping: { action: 'shout' } } })).not.toEqual([]);
  });

  it('leads everywhere it refers to', () => {
    const references = [...JSON.stringify(asyncApi).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, path = ''] of references) {
      const found = path.split('/').reduce<unknown>((value, part) => (value as never)?.[part], asyncApi);
      expect([path, found]).toEqual([path, expect.anything()]);
    }
  });

  it('has an operation for all that clients ask', () => {
    const { event: _, ...asked } = asyncApi.operations;
    expect(Object.keys(asked)).toEqual(requests.map(({ type }) => type));
  });

  test.each(frames)('agrees with what is taken as %s: %s %j', (name, isAny, frame) => {
    const request = requests.find(({ asked }) => asked.name === name);
    expect(request?.asked.schema.safeParse(frame).success).toBe(isAny);
    expect(check({ $ref: `#/components/schemas/${name}` }, frame).length === 0).toBe(isAny);
  });

  it('does not have whatever a server might send', () => {
    expect(faultsInFrame({ type: 'ok', ref: 1, data: {} })).toEqual([]);
    expect(faultsInFrame({ type: 'ok', data: {} })).not.toEqual([]);
    expect(faultsInFrame({ type: 'message.sent', data: {} })).not.toEqual([]);
    expect(faultsInFrame({ type: 'typing', data: {} })).not.toEqual([]);
  });
});
