import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { databaseAbsence } from './database-absence.ts';

const { MongoNetworkError, MongoServerSelectionError } = mongoose.mongo;

test.each([
  ['a lost connection leaves open what was done', new MongoNetworkError('connection closed'), 'unknown'],
  [
    'where no server is found nothing is done',
    new MongoServerSelectionError('no server', {} as never),
    'nothing-done',
  ],
  ['what has nothing to do with the database is something else', new TypeError('a defect'), undefined],
])('%s', (_, error, absence) => {
  expect(databaseAbsence(error)).toBe(absence);
});
