import { expect, test } from '@jest/globals';
import { entryAppended, entryPushed, sendMessage, sessionEnded } from '@natter/contracts';
import {
  eventSubject,
  instanceSubject,
  mayBeAnswered,
  operationSubject,
  presenceSubject,
  pushSubject,
  pushSubjects,
  tokenise,
} from './subject.ts';

test.each(['alice', 'A-b_9', 'é', '0190-ab'])('%j is a token', (value) => {
  expect(tokenise(value)).toBe(value);
});

test.each([
  '',
  '.',
  'a.b',
  '*',
  'a*',
  '>',
  ' ',
  'a b',
  'a\tb',
  'a\r\nPUB x',
  '\0',
  '\u007f',
  '\u00a0',
  '\ud800',
])('%j is not a token', (value) => {
  expect(() => tokenise(value)).toThrow(RangeError);
});

test('subjects name the prefix, the service and what it does', () => {
  expect(operationSubject('natter', sendMessage)).toBe('natter.rpc.messaging.v1.send-message');
  expect(instanceSubject('natter', sendMessage, 'a')).toBe('natter.rpc.messaging.v1.send-message.at.a');
  expect(presenceSubject('natter', 'messaging', 'serving')).toBe('natter.push.messaging.v1.instance.serving');
  expect(eventSubject('natter', entryAppended)).toBe('natter.event.messaging.v1.entry.appended');
});

test.each([
  ['', true],
  ['_INBOX.a.b', true],
  ['_INBOX_gateway.a.b', true],
  ['_R_.a', true],
  ['_GR_.a.b._INBOX.c', true],
  ['natter.event.users.v1.user.changed', false],
  ['$JS.API.STREAM.DELETE.natter_users', false],
])('a request may have its answer sent to %j: %p', (reply, expected) => {
  expect(mayBeAnswered(reply)).toBe(expected);
});

test('the subject of a push ends with its address, where it has one', () => {
  expect(pushSubject('natter', sessionEnded)).toBe('natter.push.users.v1.session.ended');
  expect(pushSubject('natter', entryPushed, 'abc')).toBe('natter.push.messaging.v1.entry.pushed.abc');
  expect(pushSubjects('natter', entryPushed)).toBe('natter.push.messaging.v1.entry.pushed.*');
  expect(() => pushSubject('natter', entryPushed)).toThrow('entry.pushed needs an address');
  expect(() => pushSubject('natter', sessionEnded, 'abc')).toThrow('session.ended has no address');
  expect(() => pushSubject('natter', entryPushed, '*')).toThrow('not a token');
});
