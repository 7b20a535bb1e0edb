import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { isNotRun, isUnavailable } from './write-errors.ts';

const { MongoServerError, MongoTopologyClosedError, MongoWriteConcernError } = mongoose.mongo;

const answered = (code: number) => new MongoServerError({ message: 'refused', code });

const unconfirmed = (code: number) =>
  new MongoWriteConcernError({ ok: 1, writeConcernError: { code, errmsg: 'no majority' } });

/** As the system tells it. */
const broken = (code: string) => Object.assign(new Error(`write ${code}`), { code, syscall: 'write' });

test.each([
  ['a server that is not the primary', answered(10_107), true, true],
  ['a connection that was closed', new MongoTopologyClosedError('closed'), true, true],
  ['a server that steps down under the operation', answered(189), false, true],
  ['a server that shuts down under the operation', answered(91), false, true],
  ['a write of which no majority is known', unconfirmed(64), false, true],
  ['a write that no majority can have', unconfirmed(100), false, true],
  [
    'a write whose server stopped being the primary before a majority had it',
    unconfirmed(10_107),
    false,
    true,
  ],
  ['a connection that breaks while it is written to', broken('ECONNRESET'), false, true],
  ['a file that is not there', broken('ENOENT'), false, false],
  ['a document that fails validation', answered(121), false, false],
])('%s', (_, error, notRun, unavailable) => {
  expect({ notRun: isNotRun(error), unavailable: isUnavailable(error) }).toEqual({ notRun, unavailable });
});
