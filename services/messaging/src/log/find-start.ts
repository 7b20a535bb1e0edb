import type { Changes } from '../domain/changes.ts';

/** How many entries one read looks at. */
const probes = 16;

/**
 * An entry that was published up to a moment, or 0. Any will do, not only the last: what could not be read at that
 * moment lies after each of them. Nearest to the end it is looked for first, where a client that was away for a short
 * while finds it; of a longer log each read leaves a sixteenth.
 *
 * @param to the rev of the last entry that is looked at.
 * @param until the moment, by the database's clock.
 */
export async function findStart(
  changes: Pick<Changes, 'publications'>,
  conversationId: string,
  { to, until }: { to: number; until: number },
): Promise<number> {
  let start = 0;
  let end = to + 1;
  for (let revs = nearTheEnd(to); revs.length > 0; revs = spread(start, end)) {
    const publications = await changes.publications(conversationId, revs);
    const early = publications.filter(({ published }) => published <= until).map(({ rev }) => rev);
    start = Math.max(start, ...early);
    end = Math.min(end, ...revs.filter((rev) => rev > start));
  }
  return start;
}

/** The last, and further and further from it. */
function nearTheEnd(to: number): number[] {
  const revs = Array.from({ length: probes }, (_, index) => to + 1 - 2 ** index);
  return revs.filter((rev) => rev > 0);
}

/** Between the two, at equal distances. */
function spread(start: number, end: number): number[] {
  const step = Math.max((end - start) / (probes + 1), 1);
  const revs = Array.from({ length: probes }, (_, index) => Math.floor(start + step * (index + 1)));
  return [...new Set(revs)].filter((rev) => rev < end);
}
