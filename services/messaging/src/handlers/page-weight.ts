/** What one page may weigh as JSON, in bytes: NATS carries 1 MiB unless it is told otherwise. */
export const maxPageBytes = 768 * 1024;

/** Bytes of JSON. */
export function weigh(item: unknown): number {
  return Buffer.byteLength(JSON.stringify(item));
}
