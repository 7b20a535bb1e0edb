import type { ConnectionOptions } from 'nats';

/**
 * The client's options out of `nats://user:password@host:port`, several of them with commas between. `tls://`
 * demands TLS; a user without a password is a token, as in every NATS client. The first URL with credentials
 * gives those for all.
 */
export function serverOptions(urls: string): ConnectionOptions {
  const parsed = urls.split(',').map(parse);
  const account = parsed.find((url) => url.username !== '');
  return {
    servers: parsed.map((url) => url.host),
    ...(account && credentials(account)),
    ...(parsed.some((url) => url.protocol === 'tls:') && { tls: {} }),
  };
}

function parse(text: string): URL {
  const trimmed = text.trim();
  const url = new URL(trimmed.includes('://') ? trimmed : `nats://${trimmed}`);
  if (url.host === '') throw new TypeError('a NATS URL names a host');
  return url;
}

function credentials(url: URL): ConnectionOptions {
  const user = decodeURIComponent(url.username);
  return url.password === '' ? { token: user } : { user, pass: decodeURIComponent(url.password) };
}
