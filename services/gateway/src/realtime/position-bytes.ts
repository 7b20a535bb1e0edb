import { NatterError, type Position, positionSchema } from '@natter/contracts';
import { ByteReader, ByteWriter } from './bytes.ts';

/** Of this layout. A position of another is one that no gateway makes any more. */
const version = 1;

const kinds = { changes: 0, 'changes-more': 1, snapshot: 2 } as const;

/** A position in as few bytes as it takes: ids in 16, numbers in as many as they are long. */
export function encodePosition(position: Position): Buffer {
  const { epoch, at, revs } = position;
  const writer = new ByteWriter();
  writer.number(version);
  writer.number(kinds[position.kind === 'changes' && position.beyond ? 'changes-more' : position.kind]);
  writer.id(epoch);
  writer.number(at);
  const known = Object.entries(revs);
  writer.number(known.length);
  for (const [id, rev] of known) {
    writer.id(id);
    writer.number(rev);
  }
  if (position.kind === 'snapshot') {
    writer.number(position.beyond.active);
    writer.id(position.beyond.id);
  } else if (position.beyond) {
    writer.number(position.beyond.began);
    writer.number(position.beyond.changed);
    writer.id(position.beyond.id);
  }
  return writer.bytes;
}

/** @throws {NatterError} `cursor_invalid` for bytes of another version. */
export function decodePosition(bytes: Buffer): Position {
  const reader = new ByteReader(bytes);
  if (reader.number() !== version) throw new NatterError('cursor_invalid');
  const kind = reader.number();
  const known = { epoch: reader.id(), at: reader.number(), revs: revsIn(reader) };
  return positionSchema.parse({ ...known, ...restOf(kind, reader) });
}

function revsIn(reader: ByteReader): Record<string, number> {
  const revs: Record<string, number> = {};
  for (let left = reader.number(); left > 0; left -= 1) {
    const id = reader.id();
    revs[id] = reader.number();
  }
  return revs;
}

function restOf(kind: number, reader: ByteReader) {
  if (kind === kinds.changes) return { kind: 'changes' };
  if (kind === kinds.snapshot) {
    return { kind: 'snapshot', beyond: { active: reader.number(), id: reader.id() } };
  }
  const beyond = { began: reader.number(), changed: reader.number(), id: reader.id() };
  return { kind: 'changes', beyond };
}
