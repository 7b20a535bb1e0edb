import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../domain/entry.ts';

/** Whether an entry is still what it was, but for a text that may be gone. */
export function isSameEntry(entry: Entry, original: Entry | undefined): boolean {
  return (
    original !== undefined &&
    isDeepStrictEqual(entry, textOf(entry) === '' ? withoutText(original) : original)
  );
}

export function textOf({ data }: Entry): string | undefined {
  return 'content' in data ? data.content : undefined;
}

export function withoutText(entry: Entry): Entry {
  return { ...entry, data: { ...entry.data, content: '' } } as Entry;
}
