/** Percent-encodes nothing, so that it is refused like any other malformed path. */
const malformedPath = '/%';

/**
 * The target of a request (RFC 9112, 3.2) as a path and query. Express would leave one that is no URL to no middleware,
 * not even to those that answer errors.
 */
export function originForm(target: string): string {
  if (/^[/*]/.test(target)) return target;
  const url = URL.parse(target);
  return url?.pathname.startsWith('/') ? `${url.pathname}${url.search}` : malformedPath;
}
