import { NatterError } from '@natter/contracts';
import { parseJson } from '../../http/input/parse-json.ts';
import { refSchema } from './frame-schemas.ts';

export type Ref = string | number | null;

/** A frame of a client, of which is known only that it is JSON. */
export interface ClientFrame {
  /** Null where there is none, or one that is none. */
  readonly ref: Ref;
  readonly type: string | undefined;
  /** All of it. */
  readonly value: unknown;
}

/** What is in a frame of a client: JSON as in bodies, with the same limits. @throws {NatterError} where it is not. */
export function readFrame(data: Buffer, isBinary: boolean): ClientFrame {
  if (isBinary) throw new NatterError('unsupported_media_type');
  const value = parseJson(data.toString());
  const type = fieldOf(value, 'type');
  return { ref: refOf(value), type: typeof type === 'string' ? type : undefined, value };
}

/** A frame that is of no type, or not of one that is for now. */
export function wrongType(message: string): NatterError {
  return new NatterError('validation_failed', { faults: [{ pointer: '/type', message }] });
}

function refOf(value: unknown): Ref {
  const ref = refSchema.safeParse(fieldOf(value, 'ref'));
  return ref.success ? ref.data : null;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
