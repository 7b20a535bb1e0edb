/**
 * Text by which any case finds any other. Character by character, since lower case depends on the neighbours
 * (a Greek sigma at a word's end) and a prefix has others than the whole; by way of upper case, which "ß" and
 * "ς" share with "ss" and "σ".
 */
export function foldCase(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => character.toUpperCase().toLowerCase()).join('');
}

/** All that a search may be for to find a user: every prefix of both names, folded. */
export function searchKeysOf(user: { username: string; displayName: string }): string[] {
  return [...new Set([user.username, user.displayName].map(foldCase).flatMap(prefixesOf))];
}

function prefixesOf(text: string): string[] {
  const characters = Array.from(text);
  return characters.map((_, index) => characters.slice(0, index + 1).join(''));
}
