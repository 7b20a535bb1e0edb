import { z } from 'zod';

function codePointsOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Whether a text has at most so many code points; it has no more of them than of UTF-16's units. */
function hasAtMost(max: number, text: string): boolean {
  return text.length <= max || codePointsOf(text) <= max;
}

const invisible = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u;
// Control characters, and those that open or close an embedding, an override or an isolate (UAX #9). Not the marks
// (U+061C, U+200E, U+200F), which names of mixed scripts need: they have the direction of a letter and end with it.
const unfitForNames = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** The same for the document, whose patterns know no classes of Unicode (ECMA-262 without flags). */
const fitForNames = String.raw`^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$`;

const wellFormed = z
  .string()
  .refine((text) => text.isWellFormed(), 'Must be well-formed Unicode')
  .refine((text) => !text.includes('\0'), 'Must not contain NUL');

/** At most this many bytes of UTF-8 in one message, whatever the limit of characters. */
export const maxContentBytes = 16 * 1024;

/**
 * The text of a message, kept byte for byte: 1 to `maxCharacters` code points, at most 16 KiB of UTF-8, well
 * formed, without NUL, and not only of what nobody sees.
 */
export const contentSchema = (maxCharacters: number) =>
  wellFormed
    .refine((text) => !invisible.test(text), 'Must not be blank')
    .refine((text) => hasAtMost(maxCharacters, text), `Must have at most ${maxCharacters} characters`)
    .refine(
      (text) => Buffer.byteLength(text) <= maxContentBytes,
      `Must have at most ${maxContentBytes} bytes`,
    )
    .meta({ minLength: 1, maxLength: maxCharacters });

const nameSchema = (maxCharacters: number) =>
  wellFormed
    .refine((text) => !invisible.test(text), 'Must not be blank')
    .refine((text) => hasAtMost(maxCharacters, text), `Must have at most ${maxCharacters} characters`)
    .refine(
      (text) => !unfitForNames.test(text),
      'Must not contain characters that control, or that embed, override or isolate directions of text',
    )
    .meta({ minLength: 1, maxLength: maxCharacters, pattern: fitForNames });

/** A name for people: 1 to 64 code points, not blank, nothing that controls or that turns the text after it. */
export const displayNameSchema = nameSchema(64);

/** A group's name, by the same rules: 1 to 100 code points. */
export const titleSchema = nameSchema(100);

/** One emoji as keyboards give it: `RGI_Emoji` of UTS #51, which has its sequences (flags, families, skin tones) too. */
export const emojiSchema = z.string().regex(/^\p{RGI_Emoji}$/v, 'Must be one emoji');

const passwordText = wellFormed.refine(
  (text) => Buffer.byteLength(text) <= 1_024,
  'Must have at most 1024 bytes',
);

/** The fewest bytes of UTF-8 that a password has; from before characters were counted there are some with no more. */
export const minPasswordBytes = 8;

/** What may be the password of somebody: 8 to 1,024 bytes of UTF-8, never truncated. */
export const passwordSchema = passwordText.refine(
  (text) => Buffer.byteLength(text) >= minPasswordBytes,
  `Must have at least ${minPasswordBytes} bytes`,
);

const minPasswordCharacters = 8;

/**
 * What may become a password: at least 8 code points, also when composed (NFC), so that an accent is no character of its
 * own, and at most 1,024 bytes of UTF-8. No rule about what they are, and it is kept as it was typed.
 */
export const newPasswordSchema = passwordText
  .refine(
    (text) => [text, text.normalize('NFC')].every((form) => codePointsOf(form) >= minPasswordCharacters),
    `Must have at least ${minPasswordCharacters} characters`,
  )
  .meta({ minLength: minPasswordCharacters, maxLength: 1_024 });
