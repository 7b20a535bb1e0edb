import type { Random } from '../services/messaging/src/simulation/random.ts';
import { naughtyStrings, textMark } from './naughty-strings.ts';

/**
 * In everything that has a structure where a text is wanted: nothing of the kind is to get as far as the database, so
 * whatever has it there, an operator above all, was made by a user. Nobody's name, or a list of names could have it.
 */
export const structureMark = 'made by a user 6b1e';

/** An object with a name that an object literal would not take as one. */
const named = (name: string, value: unknown = structureMark) => ({ [name]: value });

const operators =
  '$ne $eq $gt $gte $lt $lte $in $nin $not $or $and $nor $exists $type $regex $options $where $expr $jsonSchema $text $mod $all $elemMatch $size $set $unset $inc $push $pull $rename $setOnInsert $currentDate $function $accumulator $lookup $merge $out $comment'.split(
    ' ',
  );

const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'then',
  'valueOf',
  'length',
];

/** Names that are fields somewhere inside, and that nobody may set from outside. */
const insideKeys =
  '_id id callerId callerUsername userId sender senderId seq rev role kind version relay deleted created password passwordHash admin $db'.split(
    ' ',
  );

const nested = (levels: number) => {
  let value: unknown = structureMark;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

const structures: readonly ((random: Random) => unknown)[] = [
  (random) => named(random.pick(operators)),
  (random) => named(random.pick(operators), [structureMark]),
  (random) => named(random.pick(operators), named(random.pick(operators))),
  (random) => named(random.pick(operators), { pattern: structureMark, flags: 'i' }),
  (random) => named(random.pick(prototypeKeys), { isAdmin: structureMark }),
  () => ({ constructor: { prototype: { isAdmin: structureMark } } }),
  (random) => [structureMark, random.pick(naughtyStrings)],
  () => [[structureMark]],
  (random) => [named(random.pick(operators))],
  () => ({ '': structureMark }),
  () => ({ 'a.b': structureMark, '.': 1, a: { '$a.b': 2 } }),
  () => ({ _bsontype: 'ObjectId', id: structureMark }),
  () => ({ _bsontype: 'Code', code: structureMark }),
  () => ({ $oid: structureMark }),
  () => ({ $date: structureMark, $numberLong: '1', $binary: { base64: 'AA==', subType: '00' } }),
  () => ({ $ref: structureMark, $id: 1, $db: 'admin' }),
  () => ({ type: 'Buffer', data: [1, 2, 3], mark: structureMark }),
  () => nested(5),
  () => nested(15),
  () => nested(40),
  () => Array.from({ length: 300 }, () => structureMark),
  () => Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`k${index}`, structureMark])),
];

const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  5e-324,
  [],
  {},
];

/** A text of whatever kind; some are marked. */
export function hostileText(random: Random): string {
  const text = random.chance(70)
    ? random.pick(naughtyStrings)
    : `${random.pick(naughtyStrings)} ${random.pick(naughtyStrings)}`;
  return random.chance(40) ? `${text} ${textMark}` : text;
}

export const hostileStructure = (random: Random): unknown => random.pick(structures)(random);

/** A text, or something that is none. */
export function hostileValue(random: Random): unknown {
  if (random.chance(50)) return hostileText(random);
  return random.chance(70) ? hostileStructure(random) : random.pick(scalars);
}

/** The name of a field that is in no schema. */
export const hostileName = (random: Random): string =>
  random.pick(
    [operators, prototypeKeys, insideKeys, ['', 'a.b', 'a[0]', '$', textMark]][random.between(0, 3)] ?? [],
  );

export const hostileOperator = (random: Random): string => random.pick(operators);
