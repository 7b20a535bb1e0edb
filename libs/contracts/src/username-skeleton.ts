/**
 * What looks alike among the characters that usernames may have, and what stands for it: the lines of Unicode's
 * confusables.txt (UTS #39) for ASCII, which are 0 and O, 1 and l, I and l, m and rn. As names are written in any case,
 * i goes with I. w and vv are not in that list, and are here all the same.
 */
const lookalikes: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', i: 'l', m: 'rn', w: 'vv' };

/** The skeleton of a folded username, as in UTS #39: names that could be taken for each other have the same one. */
export function usernameSkeletonOf(username: string): string {
  return username.replace(/[01imw]/g, (character) => lookalikes[character] ?? character);
}
