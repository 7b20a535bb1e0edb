/** For a URL. Half of a character is encoded as the bytes that no UTF-8 has. */
export function encodeText(text: string): string {
  return Array.from(text)
    .map((character) => (character.isWellFormed() ? encodeURIComponent(character) : '%ED%A0%80'))
    .join('');
}
