import { expect, it } from '@jest/globals';
import { readAnswer } from './read-answer.ts';

it('reads the code of a problem, and no code elsewhere', () => {
  expect(readAnswer(503, '{"code":"overloaded"}')).toMatchObject({ status: 503, code: 'overloaded' });
  expect(readAnswer(200, '{"id":"1"}')).toEqual({ status: 200, code: undefined, body: { id: '1' } });
  expect(readAnswer(204, '')).toEqual({ status: 204, code: undefined, body: undefined });
});

it('takes what breaks off in the middle for no success', () => {
  expect(readAnswer(201, '{"id":')).toEqual({ status: undefined, code: 'malformed', body: '{"id":' });
});
