import { expect, test } from '@jest/globals';
import { createUser, getUser } from '@natter/contracts';
import mongoose from 'mongoose';
import { translateError } from './translate-error.ts';

const { MongoNetworkError, MongoServerSelectionError } = mongoose.mongo;
const lost = new MongoNetworkError('connection closed');
const notFound = new MongoServerSelectionError('no server', {} as never);

test.each([
  ['a read whose connection was lost', lost, getUser, 'service_unavailable'],
  ['a read that found no server', notFound, getUser, 'service_unavailable'],
  ['a write that found no server', notFound, createUser, 'service_unavailable'],
  ['a write whose connection was lost', lost, createUser, 'outcome_unknown'],
])('%s is answered as it is', (_, error, operation, code) => {
  expect(translateError(error, operation)).toMatchObject({ code, cause: error });
});

test('what has nothing to do with the database is left as it is', () => {
  const error = new TypeError('a defect');
  expect(translateError(error, createUser)).toBe(error);
});
