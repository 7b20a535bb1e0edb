import { type SortOrder, trusted } from 'mongoose';
import type { ChangeRange } from '../domain/changes.ts';

/** What is asked of a collection whose documents have an `_id` and a stamp `touched`. */
interface TouchedQuery {
  filter: object;
  order: { sort: Record<string, SortOrder> };
  atMost: number;
}

/**
 * Reads documents in the order of their places, part after part. Of what is settled nothing comes later; what leaves it
 * is found behind it, since that is read afterwards.
 */
export async function readTouched<T>(
  range: ChangeRange,
  limit: number,
  find: (query: TouchedQuery) => PromiseLike<T[]>,
): Promise<T[]> {
  const documents: T[] = [];
  for (const part of partsOf(range)) {
    const atMost = limit - documents.length;
    if (atMost > 0) documents.push(...(await find({ ...part, atMost })));
  }
  return documents;
}

/** Several ranges, since some servers look through every document for `$or`. */
function partsOf({ after, settled }: ChangeRange): Omit<TouchedQuery, 'atMost'>[] {
  const [changed, end] = [new Date(after.changed), new Date(settled)];
  const behind = trusted({ $gt: after.id });
  if (after.changed >= settled) {
    return [{ filter: { touched: trusted({ $gte: end }), _id: behind }, order: { sort: { _id: 1 } } }];
  }
  return [
    { filter: { touched: changed, _id: behind }, order: { sort: { touched: 1, _id: 1 } } },
    { filter: { touched: trusted({ $gt: changed, $lt: end }) }, order: { sort: { touched: 1, _id: 1 } } },
    // Few, since they are of the last minute: this sort is not one that an index has in order.
    { filter: { touched: trusted({ $gte: end }) }, order: { sort: { _id: 1 } } },
  ];
}
