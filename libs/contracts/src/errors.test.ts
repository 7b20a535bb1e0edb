import { expect, test } from '@jest/globals';
import { type ErrorCode, errorTable, isErrorCode, NatterError } from './errors.ts';

/** The codes that clients were promised, by status. */
const promised: Record<number, readonly ErrorCode[]> = {
  400: ['validation_failed', 'malformed_json', 'cursor_invalid'],
  401: ['unauthenticated', 'invalid_token', 'invalid_credentials', 'second_factor_required'],
  403: ['forbidden', 'second_factor_setup_required', 'registration_closed', 'wrong_password', 'wrong_code'],
  404: [
    'not_found',
    'user_not_found',
    'conversation_not_found',
    'message_not_found',
    'session_not_found',
    'second_factor_not_found',
  ],
  405: ['method_not_allowed'],
  408: ['request_timeout'],
  409: ['username_taken', 'second_factor_on', 'last_owner', 'message_deleted'],
  412: ['precondition_failed'],
  413: ['content_too_large'],
  415: ['unsupported_media_type'],
  422: ['idempotency_key_reused'],
  429: ['rate_limited'],
  431: ['headers_too_large'],
  500: ['internal'],
  503: ['service_unavailable', 'overloaded'],
  504: ['outcome_unknown'],
};

test('the table holds the promised codes with their statuses, and no others', () => {
  const expected = Object.entries(promised).flatMap(([status, codes]) =>
    codes.map((code) => [code, Number(status)] as const),
  );
  const actual = Object.entries(errorTable).map(([code, { status }]) => [code, status]);
  expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
});

test('what is retryable is what passes by itself: 408, 429, 503 and 504', () => {
  const retryable = Object.values(errorTable).filter((row) => row.retryable);
  expect(new Set(retryable.map(({ status }) => status))).toEqual(new Set([408, 429, 503, 504]));
  const passing = Object.values(errorTable).filter(({ status }) => [408, 429, 503, 504].includes(status));
  expect(passing.every((row) => row.retryable)).toBe(true);
});

test('every title is one of its own', () => {
  const titles = Object.values(errorTable).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each(['toString', '__proto__', 'constructor', 'no_such_code', '', 404, null, ['internal']])(
  '%p is no error code',
  (value) => {
    expect(isErrorCode(value)).toBe(false);
  },
);

test('every code of the table is an error code', () => {
  expect(Object.keys(errorTable).every(isErrorCode)).toBe(true);
});

test('an error says its title where it has no detail, and keeps what this case adds', () => {
  expect(new NatterError('not_found').message).toBe(errorTable.not_found.title);
  const cause = new Error('below');
  const options = { detail: 'Try later', faults: [{ pointer: '/a', message: 'b' }], retryAfter: 2, cause };
  expect(new NatterError('overloaded', options)).toMatchObject({
    ...options,
    name: 'NatterError',
    code: 'overloaded',
    message: 'Try later',
  });
});
