import { expect, test } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { headers, type Msg, type MsgHdrs, type ServiceMsg } from 'nats';
import { readEnvelope, readReply, requestHeaders, respondWithError } from './wire.ts';

function received(body: string, fields?: MsgHdrs): Msg {
  return { headers: fields, json: () => JSON.parse(body) } as Msg;
}

/** The headers by which the services framework marks an error. */
function serviceError(): MsgHdrs {
  const fields = headers();
  fields.set('Nats-Service-Error-Code', '500');
  fields.set('Nats-Service-Error', 'internal');
  return fields;
}

/** What a caller receives when a service answers with `error`. */
function overTheWire(error: NatterError): Msg {
  let body = '';
  respondWithError(
    {
      respondError: (_code: number, _description: string, data: Uint8Array) => {
        body = new TextDecoder().decode(data);
        return true;
      },
    } as ServiceMsg,
    error,
  );
  return received(body, serviceError());
}

test('the envelope arrives as it was sent, in whole milliseconds', () => {
  const fields = requestHeaders({ requestId: 'r-1', remainingMs: 1_234.9, caller: 'gateway' });
  expect(readEnvelope(fields)).toEqual({ requestId: 'r-1', remainingMs: 1_234, caller: 'gateway' });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', undefined],
  ['192.0.2.1\r\nNatter-Caller: operator', undefined],
  ['192.0.2.1, 192.0.2.2', undefined],
  [undefined, undefined],
])('of the address of a client "%s" arrives %s', (address, arrived) => {
  const fields = requestHeaders({ requestId: 'r-1', remainingMs: 1, caller: 'gateway', address });
  expect(readEnvelope(fields).address).toBe(arrived);
});

test.each(['r-1\r\nNatter-Caller: operator', 'r-1\n'])('no request goes out with the id %j', (requestId) => {
  expect(() => requestHeaders({ requestId, remainingMs: 1, caller: 'gateway' })).toThrow(RangeError);
});

test('an address that is none is not read either', () => {
  const fields = headers();
  fields.set('Natter-Address', 'x'.repeat(10_000));
  expect(readEnvelope(fields).address).toBeUndefined();
});

test('a deadline with less than a millisecond left is over', () => {
  const fields = requestHeaders({ requestId: 'r-1', remainingMs: 0.5, caller: 'gateway' });
  expect(readEnvelope(fields).remainingMs).toBe(0);
});

test('a request without an envelope gets an id and no limit', () => {
  expect(readEnvelope(undefined)).toEqual({
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    remainingMs: Infinity,
    caller: '',
  });
});

test.each([
  new NatterError('user_not_found'),
  new NatterError('overloaded', { retryAfter: 3 }),
  new NatterError('validation_failed', {
    detail: 'no',
    faults: [{ pointer: '/a~1b', message: 'Überlang\n' }],
  }),
])('an error arrives as it was thrown: $code', (error) => {
  const reply = readReply(overTheWire(error));
  expect(reply).toEqual({ kind: 'refused', error });
  const { detail, faults, retryAfter } = (reply as { error: NatterError }).error;
  expect({ detail, faults, retryAfter }).toEqual({
    detail: error.detail,
    faults: error.faults,
    retryAfter: error.retryAfter,
  });
});

test('an error carries neither its cause nor its stack', () => {
  const message = overTheWire(new NatterError('internal', { cause: new Error('secret') }));
  expect(JSON.stringify(message.json())).toBe('{"code":"internal"}');
});

test('a value arrives as it was answered', () => {
  expect(readReply(received('{"a":1}', headers()))).toEqual({ kind: 'answered', response: { a: 1 } });
});

test.each([
  ['an unreadable answer', received('{', headers())],
  ['an unreadable error', received('', serviceError())],
  ['an error that is not in the table', received('{"code":"toString"}', serviceError())],
])('%s is internal', (_, message) => {
  expect(readReply(message)).toMatchObject({ kind: 'refused', error: { code: 'internal' } });
});
