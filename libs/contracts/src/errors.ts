/**
 * The one error table (RFC 9457 problem types). `code` is what clients branch on, `status` the HTTP status,
 * `title` the text for people, `retryable` whether the same request may succeed later without being changed.
 */
export const errorTable = {
  validation_failed: { status: 400, title: 'The request is not valid', retryable: false },
  malformed_json: { status: 400, title: 'The body is not well-formed JSON', retryable: false },
  cursor_invalid: { status: 400, title: 'The cursor is not valid here', retryable: false },
  unauthenticated: { status: 401, title: 'Authentication is required', retryable: false },
  invalid_token: { status: 401, title: 'The token is not valid', retryable: false },
  invalid_credentials: { status: 401, title: 'The username or the password is wrong', retryable: false },
  second_factor_required: {
    status: 401,
    title: 'The password is right, and a code of the second factor is wanted too',
    retryable: false,
  },
  forbidden: { status: 403, title: 'You may not do that', retryable: false },
  second_factor_setup_required: {
    status: 403,
    title: 'A second factor has to be set up before anything else',
    retryable: false,
  },
  registration_closed: { status: 403, title: 'Registration is closed', retryable: false },
  wrong_password: { status: 403, title: 'The password is wrong', retryable: false },
  wrong_code: { status: 403, title: 'The code is wrong, or was used before', retryable: false },
  not_found: { status: 404, title: 'There is nothing here', retryable: false },
  user_not_found: { status: 404, title: 'There is no such user', retryable: false },
  conversation_not_found: { status: 404, title: 'There is no such conversation', retryable: false },
  message_not_found: { status: 404, title: 'There is no such message', retryable: false },
  session_not_found: { status: 404, title: 'There is no such session', retryable: false },
  second_factor_not_found: { status: 404, title: 'There is no second factor', retryable: false },
  method_not_allowed: { status: 405, title: 'That method is not allowed here', retryable: false },
  request_timeout: { status: 408, title: 'The request took too long to arrive', retryable: true },
  username_taken: { status: 409, title: 'The username is taken', retryable: false },
  second_factor_on: { status: 409, title: 'There is a second factor already', retryable: false },
  last_owner: { status: 409, title: 'A group keeps at least one owner', retryable: false },
  message_deleted: { status: 409, title: 'The message was deleted', retryable: false },
  precondition_failed: { status: 412, title: 'The message has changed', retryable: false },
  content_too_large: { status: 413, title: 'The request is too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'The body must be JSON in UTF-8', retryable: false },
  idempotency_key_reused: {
    status: 422,
    title: 'The idempotency key was used with another body',
    retryable: false,
  },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  headers_too_large: { status: 431, title: 'The headers are too large', retryable: false },
  internal: { status: 500, title: 'Something went wrong on our side', retryable: false },
  service_unavailable: { status: 503, title: 'The service is not available', retryable: true },
  overloaded: { status: 503, title: 'The service is overloaded', retryable: true },
  outcome_unknown: {
    status: 504,
    title: 'It is not known whether it happened: repeat with the same key',
    retryable: true,
  },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorTable;

/** One fault of one field. `pointer` is a JSON pointer into the body (RFC 6901), or the name of a parameter. */
export interface FieldFault {
  pointer: string;
  message: string;
}

export interface NatterErrorOptions {
  /** For people; tells no more than `code` where the thing is hidden from the caller. */
  detail?: string;
  faults?: readonly FieldFault[];
  /** Seconds after which a repeat makes sense. */
  retryAfter?: number;
  cause?: unknown;
}

/** The only error that crosses a service's border: a row of the table, with what this case adds to it. */
export class NatterError extends Error {
  override readonly name = 'NatterError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly faults: readonly FieldFault[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, options: NatterErrorOptions = {}) {
    super(options.detail ?? errorTable[code].title, { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.faults = options.faults;
    this.retryAfter = options.retryAfter;
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}
