import type { ErrorCode, Operation } from '@natter/contracts';
import type { Route } from './define-route.ts';

/** What asking a service may come to. */
export function errorsOf({ errors, effect }: Operation): ErrorCode[] {
  const unknown: ErrorCode[] = effect === 'write' ? ['outcome_unknown'] : [];
  return [...errors, 'service_unavailable', 'overloaded', ...unknown];
}

const always: ErrorCode[] = ['validation_failed', 'request_timeout', 'headers_too_large', 'internal'];

const tooMuch: ErrorCode[] = ['rate_limited', 'overloaded'];

const withBody: ErrorCode[] = ['malformed_json', 'content_too_large', 'unsupported_media_type'];

const withCredentials: ErrorCode[] = [
  'unauthenticated',
  'invalid_token',
  'invalid_credentials',
  'second_factor_required',
  'second_factor_setup_required',
  'service_unavailable',
  'overloaded',
];

/** Every code that a route may answer with, from its nature and its own list. */
export function codesOf(route: Route): Set<ErrorCode> {
  return new Set([
    ...always,
    ...(route.unlimited ? [] : tooMuch),
    ...(route.body ? withBody : []),
    ...(route.access === 'user' ? withCredentials : []),
    ...(route.errors ?? []),
  ]);
}
