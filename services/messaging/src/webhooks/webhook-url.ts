import { isIP } from 'node:net';
import { NatterError } from '@natter/contracts';

/** @throws {NatterError} `validation_failed`, saying what is wrong with the URL. */
export function parseWebhookUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw invalid('must begin with http:// or https://');
  if (url.username !== '' || url.password !== '')
    throw invalid('must hold no credentials: the signature says who posts');
  if (url.hash !== '') throw invalid('must have no fragment');
  return url;
}

function invalid(what: string): NatterError {
  return new NatterError('validation_failed', { detail: `The URL ${what}.` });
}

/** The address that stands in a URL in the place of a name. Numbers and octets of old have become dotted in parsing. */
export function literalAddressOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}
