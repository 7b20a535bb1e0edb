import { NatterError } from '@natter/contracts';

/**
 * The parameters of a URL's query, each at most once. Brackets, of which some servers make objects and lists, are
 * refused: nobody is to think that they mean something here.
 */
export function parseQuery(url: string): Record<string, string> {
  if (!url.includes('?')) return {};
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (/[[\]]/.test(name)) throw faultOf(name, 'Must have no brackets');
    if (parameters.has(name)) throw faultOf(name, 'Must be given once');
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

function faultOf(pointer: string, message: string): NatterError {
  return new NatterError('validation_failed', { faults: [{ pointer, message }] });
}
