/**
 * A frame in memory of its own. What Node makes of short texts is a part of 64 KiB that many share, and whoever does not
 * read one of these would keep all of it.
 */
export function frameOf(text: string): Buffer {
  const frame = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  frame.write(text);
  return frame;
}
