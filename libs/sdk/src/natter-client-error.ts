import type { ErrorCode, FieldFault } from './contract-types.ts';

/** A code of the API's error table, or what the client itself has to say of a request. */
export type ClientErrorCode =
  | ErrorCode
  /** There was none: of a write it is not known whether it happened. */
  | 'no_answer'
  /** It is not one of Natter's: a proxy between, or another server. */
  | 'unreadable_answer';

export interface NatterClientErrorOptions {
  code: ClientErrorCode;
  message: string;
  retryable: boolean;
  status?: number | undefined;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  faults?: readonly FieldFault[] | undefined;
  cause?: unknown;
}

/** Why a request was not answered as it was meant to be. Branch on `code`. */
export class NatterClientError extends Error {
  override readonly name = 'NatterClientError';
  readonly code: ClientErrorCode;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Of HTTP; undefined where there was no answer. */
  readonly status: number | undefined;
  /** Tell it when you report a problem. */
  readonly requestId: string | undefined;
  /** After how many milliseconds a repeat makes sense, where the server says so. */
  readonly retryAfterMs: number | undefined;
  /** With `validation_failed`: what is wrong with which field. */
  readonly faults: readonly FieldFault[] | undefined;

  constructor(options: NatterClientErrorOptions) {
    super(options.message, { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable;
    this.status = options.status;
    this.requestId = options.requestId;
    this.retryAfterMs = options.retryAfterMs;
    this.faults = options.faults;
  }
}

/** Whether it is an error of a request with one of these codes. */
export function hasCode(error: unknown, ...codes: ClientErrorCode[]): error is NatterClientError {
  return error instanceof NatterClientError && codes.includes(error.code);
}

/** Whether the same request may succeed later. */
export function isRetryable(error: unknown): error is NatterClientError {
  return error instanceof NatterClientError && error.retryable;
}
