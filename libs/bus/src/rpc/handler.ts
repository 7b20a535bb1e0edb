import type { Operation, ParsedRequestOf, ResponseOf } from '@natter/contracts';
import type { CallContext } from '../call-context.ts';

/** The deadline is the caller's, or the operation's `timeoutMs` where that is nearer. */
export interface HandlerContext extends CallContext {}

export interface Handler {
  readonly operation: Operation;
  /** `request` has been parsed with the operation's schema. */
  readonly handle: (request: unknown, context: HandlerContext) => Promise<unknown>;
}

/** Binds an operation to its handler with both types checked. */
export function implement<O extends Operation>(
  operation: O,
  handle: (request: ParsedRequestOf<O>, context: HandlerContext) => Promise<ResponseOf<O>>,
): Handler {
  return { operation, handle: (request, context) => handle(request as ParsedRequestOf<O>, context) };
}
