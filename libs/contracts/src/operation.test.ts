import { expect, test } from '@jest/globals';
import { z } from 'zod';
import * as contracts from './index.ts';
import { defineOperation, type Operation } from './operation.ts';

const definition = {
  service: 'users',
  name: 'do-it',
  request: z.object({}),
  response: z.object({}),
} as const;

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'request' in value && 'response' in value;

const isEvent = (value: unknown): value is contracts.EventDefinition =>
  typeof value === 'object' && value !== null && 'noun' in value && 'verb' in value;

const operations = Object.values<unknown>(contracts).filter(isOperation);
const events = Object.values<unknown>(contracts).filter(isEvent);

test('an operation is a repeatable read of at most 2 s, without errors of its own, unless it says otherwise', () => {
  const operation = defineOperation(definition);
  expect(operation).toMatchObject({ effect: 'read', timeoutMs: 2_000, errors: [] });
  expect(operation.repeatable({})).toBe(true);
});

test('a write takes at most 4 s and is not repeatable', () => {
  const operation = defineOperation({ ...definition, effect: 'write' });
  expect(operation).toMatchObject({ effect: 'write', timeoutMs: 4_000 });
  expect(operation.repeatable({})).toBe(false);
});

test('what a definition says wins over the defaults', () => {
  const said = { timeoutMs: 50, repeatable: () => true, errors: ['not_found'] } as const;
  expect(defineOperation({ ...definition, effect: 'write', ...said })).toMatchObject(said);
});

test('no two operations share a subject', () => {
  const subjects = operations.map(({ service, name }) => `${service}.${name}`);
  expect(subjects.length).toBeGreaterThan(0);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test('no two events share a subject', () => {
  const subjects = events.map(({ service, noun, verb }) => `${service}.${noun}.${verb}`);
  expect(subjects.length).toBeGreaterThan(0);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test.each([...operations.map(({ name }) => name), ...events.flatMap(({ noun, verb }) => [noun, verb])])(
  '"%s" is one token of a subject, in kebab-case',
  (token) => {
    expect(token).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  },
);

test('every attempt leaves the caller time within the 5 s of a request', () => {
  for (const { timeoutMs } of operations) expect(timeoutMs).toBeLessThan(5_000);
});
