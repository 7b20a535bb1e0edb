import { describe, expect, it, test } from '@jest/globals';
import mongoose from 'mongoose';
import { structureMark } from './hostile-values.ts';
import { textMark } from './naughty-strings.ts';
import { asSent, faultsIn } from './watch-commands.ts';

describe('what is looked for in commands to MongoDB', () => {
  it('is not a text that is a value', () => {
    const command = {
      insert: 'entries',
      documents: [{ content: `{"$ne":null} ${textMark}`, at: new Date(), hash: Buffer.from(textMark) }],
    };
    expect(faultsIn(command, false)).toEqual([]);
    expect(
      faultsIn({ find: 'users', filter: { name: { $gte: textMark, $lt: `${textMark}~` } } }, false),
    ).toEqual([]);
  });

  test.each([
    ['an operator that a user made', { find: 'users', filter: { name: { $ne: structureMark } } }],
    ['a list that a user made', { find: 'users', filter: { name: { $in: ['alice', structureMark] } } }],
    ['a name that a user made', { update: 'users', updates: [{ u: { $set: { [`a.${textMark}`]: 1 } } }] }],
    ['a program with a text of a user', { find: 'users', filter: { $where: `this.a === "${textMark}"` } }],
    ['a pattern with a text of a user', { find: 'users', filter: { name: { $regex: `^${textMark}` } } }],
    ['a pattern that is an object', { find: 'users', filter: { name: new RegExp(textMark) } }],
    [
      'an expression with a text of a user',
      { aggregate: 'a', pipeline: [{ $match: { $expr: { $eq: ['$a', textMark] } } }] },
    ],
  ])('is %s', (_what, command) => {
    expect(faultsIn(command, false)).toHaveLength(1);
  });

  it('is found in the documents of a list of Mongoose, which know where they are', () => {
    const schema = new mongoose.Schema({ tokens: [{ _id: false, hash: String }] });
    const Session = mongoose.model('WatchedSession', schema);
    const { tokens } = new Session({ tokens: [{ hash: 'good' }, { hash: structureMark }] });
    const command = { update: 'sessions', updates: [{ q: {}, u: { $set: { tokens } } }] };
    expect(faultsIn(asSent(command), false)).toHaveLength(1);
  });
});
