import { NatterError } from '@natter/contracts';

/** How deep the lists and objects of a body may be nested. */
export const maxJsonDepth = 16;

/** How many names all the objects of a body may have together. */
export const maxJsonNames = 200;

/**
 * JSON (RFC 8259) of no more depth and names than anything here needs, and with no name twice in one object (RFC 7493,
 * 2.3): parsers differ in which of the two they take, so that what was checked on the way need not be what is read here.
 *
 * @throws malformed_json, and validation_failed.
 */
export function parseJson(text: string): unknown {
  const { depth, names } = measure(text);
  if (depth > maxJsonDepth) throw faultOf(`Must be nested at most ${maxJsonDepth} deep`);
  if (names > maxJsonNames) throw faultOf(`Must have at most ${maxJsonNames} names`);
  const value = parse(text);
  if (countNames(value) < names) throw faultOf('Must have no name twice in one object');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NatterError('malformed_json');
  }
}

/** Looks at each character once, before anything is made of them; right for what is well-formed. */
function measure(text: string): { depth: number; names: number } {
  let [depth, level, names, inString] = [0, 0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') inString = !inString;
    else if (inString) at += character === '\\' ? 1 : 0;
    else if (character === ':') names += 1;
    else if (character === '{' || character === '[') level += 1;
    else if (character === '}' || character === ']') level -= 1;
    depth = Math.max(depth, level);
  }
  return { depth, names };
}

/** Of two equal names in one object one is left. */
function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, inner) => sum + countNames(inner), own);
}

function faultOf(message: string): NatterError {
  return new NatterError('validation_failed', { faults: [{ pointer: '', message }] });
}
