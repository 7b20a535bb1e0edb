/** No word of a language is so much longer that more of it would tell more messages apart. In code points. */
const longestTerm = 24;

/**
 * Two thousand beginnings of words are twice what 4,000 characters of prose have. The words after them are not
 * found: a text that was made to have more would cost as many keys of two indexes.
 */
const maxTerms = 2_000;

/** Of one language, so that every process finds the same words whatever its locale. The scripts are all in it. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** What is written without blanks: whoever searches cuts it elsewhere than the segmenter did in the midst of a text. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** What a message can be found by: the beginnings of its words. */
export function termsOf(content: string): string[] {
  const terms = new Set<string>();
  for (const word of writtenWordsOf(content)) {
    for (const term of beginningsOf(word)) {
      if (terms.size === maxTerms) return [...terms];
      terms.add(term);
    }
  }
  return [...terms];
}

/** The words that are searched for, the longest first; one that begins another says nothing more than that. */
export function searchedWordsOf(q: string): string[] {
  const words = [...new Set(wordsOf(q))];
  return words
    .filter((word) => !words.some((other) => other !== word && other.startsWith(word)))
    .toSorted((one, other) => other.length - one.length);
}

/** The term that every message has in which a word begins like this. */
export function termFor(word: string): string {
  return Array.from(word).slice(0, longestTerm).join('');
}

/** Whether each of the words that are searched for begins a word of the text. */
export function isFoundBy(content: string, searched: readonly string[]): boolean {
  const words = writtenWordsOf(content);
  return searched.every((beginning) => words.some((word) => word.startsWith(beginning)));
}

/** Where there are no blanks, a word may begin at every character of another. */
function writtenWordsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => (unspaced.test(word) ? endingsOf(word) : word));
}

/** Folded before it is cut, since folding takes some characters apart into words. */
function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(fold(text)))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment.replace(invisible, ''))
    .filter((word) => word !== '');
}

/**
 * Text in which widths, ligatures and cases are alike. Character by character, since lower case depends on the
 * neighbours; by way of upper case, which "ß" and "ς" share with "ss" and "σ".
 */
function fold(text: string): string {
  return Array.from(text.normalize('NFKC'), (character) => character.toUpperCase().toLowerCase()).join('');
}

function beginningsOf(word: string): string[] {
  const characters = Array.from(word).slice(0, longestTerm);
  return characters.map((_, index) => characters.slice(0, index + 1).join(''));
}

function endingsOf(word: string): string[] {
  const characters = Array.from(word);
  return characters.map((_, index) => characters.slice(index).join(''));
}
