import { describe, expect, test } from '@jest/globals';
import { createAnswerValidator, type GivenAnswer } from './answer-validator.ts';
import type { OpenApiDocument } from './openapi-document.ts';

const text = { type: 'string' };
const object = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const found = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } };
const gone = { schema: { $ref: '#/components/schemas/Problem' }, examples: { gone: { value: {} } } };

const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: { version: '1' },
  paths: {
    '/api/v1/things/{thing}': {
      get: {
        operationId: 'getThing',
        responses: { 200: found, 404: { content: { 'application/problem+json': gone } } },
      },
      delete: { operationId: 'deleteThing', responses: { 204: {} } },
    },
    '/api/v1/things/mine': { put: { operationId: 'putMine', responses: { 201: found } } },
  },
  components: {
    schemas: {
      Thing: object({ made: { ...text, format: 'date-time' }, inner: object({ name: text }) }),
      Problem: object({ code: text }),
    },
  },
};

const thing = { made: '2026-01-01T00:00:00.000Z', inner: { name: 'a' } };
const json = new Headers({ 'Content-Type': 'application/json; charset=utf-8' });
const asProblem = new Headers({ 'Content-Type': 'application/problem+json' });
const got: GivenAnswer = {
  method: 'GET',
  url: '/api/v1/things/a',
  status: 200,
  headers: json,
  body: thing,
};
const notFound = { status: 404, headers: asProblem };

describe('an answer', () => {
  const validate = createAnswerValidator(document);

  test.each<[string, Partial<GivenAnswer>]>([
    ['is documented', {}],
    ['is to an unversioned path with a slash and a query', { url: '/api/things/a/?x=/y' }],
    ['is to HEAD', { method: 'HEAD', body: undefined }],
    ['is to the path that says most', { method: 'PUT', url: '/api/v1/things/mine', status: 201 }],
    ['is a documented problem', { ...notFound, body: { code: 'gone' } }],
    ['has no body', { method: 'DELETE', status: 204, headers: new Headers(), body: undefined }],
    ['refuses an unknown path', { ...notFound, url: '/elsewhere', body: { code: 'not_found' } }],
    ['refuses a method', { ...notFound, method: 'PATCH', status: 405, body: { code: 'method_not_allowed' } }],
  ])('that %s fits', (_what, changes) => {
    expect(() => validate({ ...got, ...changes })).not.toThrow();
  });

  test.each<[string, Partial<GivenAnswer>, string]>([
    ['from an unknown path', { url: '/elsewhere' }, 'no such operation'],
    ['to an unknown method', { method: 'PATCH' }, 'no such operation'],
    ['with an unknown status', { status: 202 }, 'no such status'],
    ['of an unknown media type', { headers: new Headers({ 'Content-Type': 'text/html' }) }, 'text/html'],
    ['of no media type', { headers: new Headers() }, 'no such media type: ""'],
    ['with an unknown field', { body: { ...thing, more: 1 } }, '"additionalProperty":"more"'],
    [
      'with an unknown field inside',
      { body: { ...thing, inner: { name: 'a', more: 1 } } },
      '/inner must NOT',
    ],
    ['that lacks a field', { body: { made: thing.made } }, "must have required property 'inner'"],
    [
      'with a field of another type',
      { body: { ...thing, inner: { name: 1 } } },
      '/inner/name must be string',
    ],
    ['with a field in no such format', { body: { ...thing, made: 'today' } }, '/made must match format'],
    ['without a body', { body: undefined }, '/ must be object'],
    ['with a body that should have none', { method: 'DELETE', status: 204 }, 'there should be no body'],
    ['of an unknown code', { ...notFound, body: { code: 'other' } }, 'no such code: other'],
    [
      'that refuses with the wrong code',
      { ...notFound, url: '/x', body: { code: 'gone' } },
      'no such operation',
    ],
  ])('%s is a fault', (_what, changes, fault) => {
    expect(() => validate({ ...got, ...changes })).toThrow(fault);
  });

  test('is told all its faults at once', () => {
    const body = { made: 'today', more: 1, inner: thing.inner };
    expect(() => validate({ ...got, body })).toThrow(/"more"[^]*format/);
  });
});
