/** Numbers up to 2^53 in groups of seven bits, the lowest first (LEB128), and ids in their 16 bytes. */
export class ByteWriter {
  readonly #parts: Buffer[] = [];

  number(value: number): void {
    const groups: number[] = [];
    let left = value;
    for (; left >= 128; left = Math.floor(left / 128)) groups.push((left % 128) + 128);
    this.#parts.push(Buffer.from([...groups, left]));
  }

  id(id: string): void {
    this.#parts.push(Buffer.from(id.replaceAll('-', ''), 'hex'));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Reads what a `ByteWriter` wrote. @throws {RangeError} beyond the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const group = this.#bytes.readUInt8(this.#offset);
      this.#offset += 1;
      value += (group % 128) * unit;
      if (group < 128) return value;
    }
  }

  id(): string {
    const end = this.#offset + 16;
    if (end > this.#bytes.length) throw new RangeError('An id is longer than what is left');
    const hex = this.#bytes.toString('hex', this.#offset, end);
    this.#offset = end;
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}
