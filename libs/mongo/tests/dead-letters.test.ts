import { expect, test } from '@jest/globals';
import { createDeadLetters, type DeadLetterDocument, duplicateKeyOf, ensureIndexes } from '../src/index.ts';
import { failureOf, openDatabase } from './_database.ts';

const letter: DeadLetterDocument = {
  stream: 'events',
  consumer: 'messaging',
  subject: 'natter.event.users.v1.user.changed',
  sequence: 7,
  deliveries: 5,
  payload: '{"$broken": ',
  error: 'SyntaxError',
  at: new Date(0),
};

async function openDeadLetters() {
  const connection = await openDatabase();
  const keep = createDeadLetters(connection);
  await ensureIndexes(connection);
  const letters = connection.collection('deadLetters');
  const kept = () => letters.find({}, { projection: { _id: 0 } }).toArray();
  return { keep, kept, letters };
}

test('a letter is kept as it came', async () => {
  const { keep, kept } = await openDeadLetters();
  await keep(letter);
  expect(await kept()).toEqual([letter]);
});

test('an event with nothing in it is kept too', async () => {
  const { keep, kept } = await openDeadLetters();
  await keep({ ...letter, payload: '' });
  expect(await kept()).toEqual([{ ...letter, payload: '' }]);
});

test('a letter that comes again changes nothing', async () => {
  const { keep, kept } = await openDeadLetters();
  await keep(letter);
  await keep({ ...letter, deliveries: 6, error: 'another' });
  expect(await kept()).toEqual([letter]);
});

test('a letter that comes many times at the same moment is kept once', async () => {
  const { keep, kept } = await openDeadLetters();
  await Promise.all(Array.from({ length: 20 }, () => keep(letter)));
  expect(await kept()).toEqual([letter]);
});

test('an index, not only the writer, sees to it that a letter is kept once', async () => {
  const { keep, letters } = await openDeadLetters();
  await keep(letter);
  const error = await failureOf(letters.insertOne({ ...letter }));
  expect(duplicateKeyOf(error)).toEqual(['stream', 'consumer', 'sequence']);
});

test.each<Partial<DeadLetterDocument>>([{ stream: 'others' }, { consumer: 'others' }, { sequence: 8 }])(
  'a letter with %p is another',
  async (difference) => {
    const { keep, kept } = await openDeadLetters();
    await keep(letter);
    await keep({ ...letter, ...difference });
    expect(await kept()).toHaveLength(2);
  },
);
