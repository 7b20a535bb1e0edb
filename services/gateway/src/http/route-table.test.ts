import { describe, expect, it, test } from '@jest/globals';
import { errorTable } from '@natter/contracts';
import { document, routes } from '../../tests/_document.ts';
import { codesOf } from './route-errors.ts';

describe('the OpenAPI document', () => {
  it('is of 3.1 and of this version', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  });

  it('has every route and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(described.toSorted()).toEqual(
      routes.map(({ id, method, path }) => `${method} ${path} ${id}`).toSorted(),
    );
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
  });

  it('refers to nothing that it lacks', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name);
  });

  it('knows the codes of the error table and no other', () => {
    expect(document.components.schemas['Problem']).toMatchObject({
      properties: { code: { enum: Object.keys(errorTable) } },
    });
  });

  it('lets null be null beside a named schema', () => {
    expect(JSON.stringify(document)).not.toContain('"allOf"');
    expect(document.components.schemas['Message']).toMatchObject({ type: 'object' });
  });

  test.each(routes.map((route) => [route.id, route] as const))('says how %s may fail', (_id, route) => {
    const operation = document.paths[route.path]?.[route.method];
    if (!operation) throw new Error('not in the document');
    const { responses, security } = operation;
    const examples = Object.values(responses).flatMap(({ content }) =>
      Object.values(content?.['application/problem+json']?.examples ?? {}),
    ) as { value: { code: string; status: number } }[];
    const promised = examples.map(({ value }) => value.code);
    expect(promised.toSorted()).toEqual([...codesOf(route)].toSorted());
    expect(security).toEqual(route.access === 'user' ? [{ bearer: [] }, { basic: [] }] : []);
    for (const { value } of examples) {
      expect(value.status).toBe(errorTable[value.code as keyof typeof errorTable].status);
      expect(Object.keys(responses)).toContain(String(value.status));
    }
  });
});

test('whatever changes something is asked for by another method than GET', () => {
  const changing = routes.filter((route) => codesOf(route).has('outcome_unknown'));
  expect(changing.length).toBeGreaterThan(15);
  expect(changing.filter(({ method }) => method === 'get')).toEqual([]);
});
