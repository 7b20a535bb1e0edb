import type { NatterError } from '@natter/contracts';
import { problemOf, retryAfterOf } from '../../http/problem.ts';
import { frameOf } from '../frame-of.ts';
import type { Ref } from './read-frame.ts';

export function okFrame(ref: Ref, data: unknown = {}): Buffer {
  return frameOf(JSON.stringify({ type: 'ok', ref, data }));
}

export function errorFrame(ref: Ref, error: NatterError, requestId: string): Buffer {
  const frame = { type: 'error', ref, error: problemOf(error, requestId), retryAfter: retryAfterOf(error) };
  return frameOf(JSON.stringify(frame));
}
